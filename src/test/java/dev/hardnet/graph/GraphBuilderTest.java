package dev.hardnet.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private final GraphBuilder graph = new GraphBuilder(new Shape(1, 4, 6, 8));

    @Test
    void aResizeToTheSameSizeIsNone() {
        assertEquals(graph.input(), graph.resize("up", graph.input(), 6, 8));
    }

    @Test
    void mapsOfSeveralDestinationsAreNumberedInTheirOrder() {
        List<View> outputs = graph.batchNormRelu("bn", graph.input(),
                List.of(new GraphBuilder.NormSlice("a", 0, 4), new GraphBuilder.NormSlice("b", 2, 6)));
        graph.output("y", graph.sumToOne("next", outputs.getLast()));
        assertEquals(List.of("input", "bn.0", "bn.1", "next"),
                graph.build().maps().stream().map(FeatureMap::name).toList());
        assertEquals(List.of(0, 1, 2, 3), graph.build().maps().stream().map(FeatureMap::id).toList());
    }

    @Test
    void aNormThatSeveralMapsUseIsOneParameter() {
        graph.batchNormRelu("first", graph.input().slice(0, 2), List.of(new GraphBuilder.NormSlice("norm", 0, 4)));
        graph.batchNormRelu("second", graph.input().slice(2, 2), List.of(new GraphBuilder.NormSlice("norm", 2, 4)));
        assertEquals(List.of("norm.weight", "norm.bias", "norm.running_mean", "norm.running_var"),
                graph.build().parameters().stream().map(ParameterSpec::key).toList());
    }

    @Test
    void refusesSlicesThatLeaveTheirNorm() {
        List<GraphBuilder.NormSlice> beyond = List.of(new GraphBuilder.NormSlice("norm", 3, 6));
        assertEquals("Channels 3 to 6 of norm do not exist; it has 6.",
                refusal(() -> graph.batchNormRelu("bn", graph.input(), beyond)));
    }

    @Test
    void refusesToAddMapsOfDifferentSizes() {
        View half = graph.input().slice(0, 2);
        assertEquals("add adds a map of 1x4x6x8 to one of 1x2x6x8; their sizes must be equal.",
                refusal(() -> graph.add("add", graph.input(), half, Activation.NONE)));
    }

    @Test
    void refusesATransposedConvolutionLargerThanItsKernelReaches() {
        assertEquals("up makes at most 13x17 of a map of 6x8; 14x16 are asked for.",
                refusal(() -> graph.transposedConv("up", graph.input(), new Shape(1, 2, 14, 16), new Window(3, 2, 0, 1),
                        Activation.NONE, Parameters.biased("up"))));
    }

    @Test
    void refusesAnInputThatADilatedKernelDoesNotFitInto() {
        assertEquals("An input of 6x8 pixels is too small: conv reads a map of 6x8 and needs at least 9x9.",
                refusal(() -> graph.conv("conv", graph.input(), 1, new Window(3, 1, 0, 4), Activation.NONE,
                        Parameters.biased("conv"))));
    }

    @Test
    void refusesAnInputThatARectangularKernelDoesNotFitInto() {
        assertEquals("An input of 6x8 pixels is too small: conv reads a map of 6x8 and needs at least 1x9.",
                refusal(() -> graph.conv("conv", graph.input(), 1, new Window(1, 11, 1, 3, 1, 1), Activation.NONE,
                        Parameters.biased("conv"))));
    }

    @Test
    void aRectangularConvolutionHasItsOwnRowsAndColumns() {
        Parameters keys = Parameters.weightOnly("conv.weight");
        graph.output("y", graph.conv("conv", graph.input(), 5, new Window(1, 3, 2, 0, 1, 1), Activation.RELU, keys));
        Operator conv = graph.build().operators().getFirst();
        assertEquals("conv 1x3 s2 relu", conv.kind());
        assertEquals(new Shape(1, 5, 3, 4), conv.output().shape());
        assertEquals(List.of(new ParameterSpec("conv.weight", List.of(5, 4, 1, 3))), conv.parameters());
        assertEquals(3 * 4 * 5 * 4 * 3, conv.macs());
    }

    @Test
    void refusesATransposedConvolutionThatIsNotSquare() {
        assertEquals("up has a kernel of 3x1 and crops 0x0; both must be square.",
                refusal(() -> graph.transposedConv("up", graph.input(), new Shape(1, 2, 12, 16),
                        new Window(3, 1, 2, 0, 0, 1), Activation.NONE, Parameters.biased("up"))));
    }

    @Test
    void refusesPriorsThatAreNoWholeNumberOfValues() {
        List<View> maps = List.of(graph.sumToOne("sum", graph.input()));
        assertEquals("Output loc has priors of 3 values; the channels of sum 1x4x6x8 are no multiple.",
                refusal(() -> graph.outputPriors("loc", maps, 3)));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }
}
