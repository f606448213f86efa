package dev.hardnet.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Tensor;
import dev.hardnet.backend.Backend;
import dev.hardnet.backend.reference.ReferenceBackend;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.weights.SyntheticWeights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs of the operators beyond classification, on each tier against the reference. */
class CpuOperatorsTest {
    private static final double TOLERANCE = 1e-5;

    static List<Tier> tiers() {
        return Tier.supported();
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void resizesViewsOfSeveralMapsUpAndDown(Tier tier) {
        GraphBuilder graph = new GraphBuilder(new Shape(2, 23, 6, 9));
        View some = View.concat(List.of(graph.input().slice(20, 3), graph.input().slice(0, 18)));
        View up = graph.resize("up", some, 11, 19);
        graph.output("up", up);
        graph.output("down", graph.resize("down", View.concat(List.of(up.slice(2, 7), up)), 4, 5));
        assertAsTheReference(tier, graph.build());
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void addsViewsOfSeveralMaps(Tier tier) {
        GraphBuilder graph = new GraphBuilder(new Shape(2, 40, 5, 7));
        View left = View.concat(List.of(graph.input().slice(0, 3), graph.input().slice(5, 16)));
        graph.output("y", graph.add("add", left, graph.input().slice(21, 19), Activation.RELU));
        assertAsTheReference(tier, graph.build());
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void normalisesOnceForEachDestination(Tier tier) {
        GraphBuilder graph = new GraphBuilder(new Shape(2, 21, 4, 5));
        List<View> normed = graph.batchNormRelu("bn", graph.input(), List.of(new GraphBuilder.NormSlice("a", 0, 21),
                new GraphBuilder.NormSlice("b", 7, 30), new GraphBuilder.NormSlice("c", 4, 25)));
        for (int i = 0; i < normed.size(); i++) {
            graph.output("y" + i, normed.get(i));
        }
        assertAsTheReference(tier, graph.build());
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void normsPixelsAndChannels(Tier tier) {
        GraphBuilder graph = new GraphBuilder(new Shape(2, 37, 5, 6));
        View positive = graph.batchNormRelu("bn", graph.input(), "bn");
        graph.output("pixels", graph.l2Norm("l2", View.concat(List.of(positive.slice(30, 7), positive)), "l2.weight"));
        graph.output("channels", graph.sumToOne("sum", View.concat(List.of(positive.slice(0, 5), positive))));
        assertAsTheReference(tier, graph.build());
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void convolvesTransposedAndCrops(Tier tier) {
        GraphBuilder graph = new GraphBuilder(new Shape(2, 19, 4, 5));
        graph.output("doubled", graph.transposedConv("a", graph.input(), new Shape(2, 35, 8, 10),
                new Window(4, 2, 1, 1), Activation.RELU, Parameters.biased("a")));
        graph.output("part", graph.transposedConv("b", graph.input().slice(3, 8), new Shape(2, 5, 7, 6),
                new Window(3, 2, 0, 1), Activation.NONE, Parameters.normalized("b", "n")));
        assertAsTheReference(tier, graph.build());
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void convolvesAndPoolsWithAnyWindow(Tier tier) {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 23, 18));
        View stem = graph.conv("stem", graph.input(), 24, new Window(7, 2, 3, 1), Activation.RELU,
                Parameters.normalized("stem.weight", "stem.norm"));
        graph.output("dilated", graph.conv("dilated", stem, 10, Window.same(3).padding(4).dilation(4),
                Activation.NONE, Parameters.biased("dilated")));
        graph.output("bare", graph.conv("bare", stem, 10, Window.same(3).padding(0), Activation.NONE,
                Parameters.biased("bare")));
        graph.output("even", graph.conv("even", stem, 10, new Window(4, 1, 1, 1), Activation.NONE,
                Parameters.biased("even")));
        graph.output("around", graph.pool("around", Pool.Type.AVERAGE, stem, 9, 1, 4, false));
        graph.output("halved", graph.pool("halved", Pool.Type.AVERAGE, stem, 2, 2, 0, true));
        assertAsTheReference(tier, graph.build());
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void readsPriorsOutPictureByPictureAndMapAfterMap(Tier tier) {
        GraphBuilder graph = new GraphBuilder(new Shape(3, 12, 4, 6));
        View fine = graph.conv("fine", graph.input(), 16, 3, 1, Activation.NONE, Parameters.biased("fine"));
        View coarse = graph.conv("coarse", graph.input(), 24, 3, 2, Activation.NONE, Parameters.biased("coarse"));
        graph.outputPriors("loc", List.of(fine, coarse), 4);
        graph.output("coarse", coarse);
        assertAsTheReference(tier, graph.build());
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void givesTheClassOfEachPixelInBytes(Tier tier) {
        GraphBuilder graph = new GraphBuilder(new Shape(2, 19, 5, 8));
        graph.output("logits", graph.resize("resize", graph.input(), 17, 30));
        Graph logits = graph.build();
        Tensor input = SyntheticWeights.inputTensor(logits.input().shape(), 1);
        float[] values = run(tier, logits, input).get("logits").data();
        Tensor classes = run(tier, ArgMaxFusion.apply(logits), input).get("classes");
        assertEquals(ElementType.UINT8, classes.type());
        assertTrue(classes.hasShape(2, 17, 30), classes::toString);
        assertArrayEquals(classesOf(values, 2, 19, 17 * 30), classes.bytes());
    }

    private static byte[] classesOf(float[] logits, int pictures, int channels, int pixels) {
        byte[] classes = new byte[pictures * pixels];
        for (int i = 0; i < classes.length; i++) {
            int first = i / pixels * channels * pixels + i % pixels;
            for (int c = 1; c < channels; c++) {
                if (logits[first + c * pixels] > logits[first + classes[i] * pixels]) {
                    classes[i] = (byte) c;
                }
            }
        }
        return classes;
    }

    private static void assertAsTheReference(Tier tier, Graph graph) {
        Tensor input = SyntheticWeights.inputTensor(graph.input().shape(), 1);
        Map<String, Tensor> expected = run(new ReferenceBackend(), graph, input);
        run(tier, graph, input).forEach((name, found) -> {
            assertArrayEquals(expected.get(name).shape(), found.shape(), name);
            Difference.assertWithin(TOLERANCE, expected.get(name).data(), found.data());
        });
    }

    private static Map<String, Tensor> run(Tier tier, Graph graph, Tensor input) {
        try (ForcedTier _ = new ForcedTier(tier)) {
            return run(CpuBackend.open(), graph, input);
        }
    }

    private static Map<String, Tensor> run(Backend backend, Graph graph, Tensor input) {
        return GraphRun.on(backend, graph, new SyntheticWeights(graph.parameters(), 1), input, 2);
    }
}
