package dev.hardnet.backend.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.hardnet.Tensor;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.weights.MapSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle itself, against numbers worked out by hand. */
class ReferenceKernelsTest {
    private final MapSource weights = new MapSource();

    @Test
    void aResizeKeepsTheCornersAndInterpolatesBetween() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 1, 2, 3));
        graph.output("y", graph.resize("resize", graph.input(), 3, 5));
        assertArrayEquals(new float[] {
            0, 1, 2, 3, 4,
            5, 5.5f, 6, 6.5f, 7,
            10, 10, 10, 10, 10}, run(graph, 0, 2, 4, 10, 10, 10));
    }

    @Test
    void aResizeToOnePixelTakesTheFirst() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 1, 2, 2));
        graph.output("y", graph.resize("resize", graph.input(), 1, 1));
        assertArrayEquals(new float[] {3}, run(graph, 3, 5, 7, 9));
    }

    @Test
    void anArgMaxTakesTheFirstOfTheLargestValues() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 2, 1, 2));
        graph.output("logits", graph.resize("resize", graph.input(), 1, 5));
        Map<String, Tensor> outputs = GraphRun.on(new ReferenceBackend(), ArgMaxFusion.apply(graph.build()), weights,
                Tensor.of(new float[] {4, 0, 0, 4}, 1, 2, 1, 2), 1);
        assertArrayEquals(new byte[] {0, 0, 0, 1, 1}, outputs.get("classes").bytes());
    }

    @Test
    void anAdditionIsActivated() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 2, 1, 2));
        graph.output("y", graph.add("add", graph.input().slice(0, 1), graph.input().slice(1, 1), Activation.RELU6));
        assertArrayEquals(new float[] {0, 6}, run(graph, 1, 3, -2, 4));
    }

    @Test
    void aBatchNormReluWritesEachDestinationWithItsPartOfItsNorm() {
        weights.with("a.weight", List.of(1), 2).with("a.bias", List.of(1), 1)
                .with("a.running_mean", List.of(1), 3).with("a.running_var", List.of(1), 1)
                .with("b.weight", List.of(2), 9, 1).with("b.bias", List.of(2), 9, 0)
                .with("b.running_mean", List.of(2), 9, 0).with("b.running_var", List.of(2), 9, 4);
        GraphBuilder graph = new GraphBuilder(new Shape(1, 1, 1, 3));
        List<View> outputs = graph.batchNormRelu("bn", graph.input(),
                List.of(new GraphBuilder.NormSlice("a", 0, 1), new GraphBuilder.NormSlice("b", 1, 2)));
        graph.output("first", outputs.get(0));
        graph.output("second", outputs.get(1));
        Map<String, Tensor> found = GraphRun.on(new ReferenceBackend(), graph.build(), weights,
                Tensor.of(new float[] {2, 3, 8}, 1, 1, 1, 3), 1);
        assertArrayEquals(new float[] {0, 1, 11}, found.get("first").data(), 1e-4f);
        assertArrayEquals(new float[] {1, 1.5f, 4}, found.get("second").data(), 1e-4f);
    }

    @Test
    void anL2NormScalesEachPixelToItsWeights() {
        weights.with("norm.weight", List.of(2), 10, 1);
        GraphBuilder graph = new GraphBuilder(new Shape(1, 2, 1, 2));
        graph.output("y", graph.l2Norm("norm", graph.input(), "norm.weight"));
        assertArrayEquals(new float[] {6, 0, 0.8f, 0}, run(graph, 3, 0, 4, 0));
    }

    @Test
    void everyChannelIsDividedByItsSumAndATenth() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 2, 1, 2));
        graph.output("y", graph.sumToOne("sum", graph.input()));
        assertArrayEquals(new float[] {1 / 4f, 2.9f / 4, 0, 0}, run(graph, 1, 2.9f, 0, 0), 1e-6f);
    }

    @Test
    void aTransposedConvolutionAddsTheKernelAtEveryInputPixelAndCrops() {
        weights.with("up.weight", List.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9).with("up.bias", List.of(1), 0.5f);
        GraphBuilder graph = new GraphBuilder(new Shape(1, 1, 1, 2));
        graph.output("y", graph.transposedConv("up", graph.input(), new Shape(1, 1, 2, 4),
                new Window(3, 2, 0, 1), Activation.NONE, Parameters.biased("up")));
        // Whole: rows 1 2 3+10 20 30, 4 5 6+40 50 60, 7 8 9+70 80 90; the last row and column are cropped.
        assertArrayEquals(new float[] {1.5f, 2.5f, 13.5f, 20.5f, 4.5f, 5.5f, 46.5f, 50.5f}, run(graph, 1, 10));
    }

    @Test
    void aRectangularKernelReachesAlongOneAxis() {
        weights.with("row.weight", List.of(1, 1, 1, 3), 1, 10, 100).with("row.bias", List.of(1), 0)
                .with("column.weight", List.of(1, 1, 3, 1), 1, 10, 100).with("column.bias", List.of(1), 0);
        GraphBuilder graph = new GraphBuilder(new Shape(1, 1, 2, 3));
        View row = graph.conv("row", graph.input(), 1, Window.same(1, 3), Activation.NONE, Parameters.biased("row"));
        graph.output("y", graph.conv("column", row, 1, Window.same(3, 1), Activation.NONE,
                Parameters.biased("column")));
        // The rows after the first convolution: 210, 321, 32 and 540, 654, 65.
        assertArrayEquals(new float[] {56100, 68610, 6820, 5610, 6861, 682}, run(graph, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void aDilatedConvolutionReachesFurther() {
        weights.with("conv.weight", List.of(1, 1, 3, 3), 1, 0, 0, 0, 0, 0, 0, 0, 2).with("conv.bias", List.of(1), 0);
        GraphBuilder graph = new GraphBuilder(new Shape(1, 1, 5, 5));
        graph.output("y", graph.conv("conv", graph.input(), 1, Window.same(3).padding(0).dilation(2), Activation.NONE,
                Parameters.biased("conv")));
        float[] input = new float[25];
        input[0] = 1;
        input[24] = 10;
        assertArrayEquals(new float[] {21}, run(graph, input));
    }

    @Test
    void priorsAreReadOutPositionByPositionMapAfterMap() {
        GraphBuilder graph = new GraphBuilder(new Shape(2, 2, 1, 2));
        View whole = graph.resize("fine", graph.input(), 1, 3);
        View last = graph.resize("coarse", graph.input(), 1, 1);
        graph.outputPriors("y", List.of(whole, last), 1);
        Tensor found = GraphRun.on(new ReferenceBackend(), graph.build(), weights,
                Tensor.of(new float[] {0, 2, 10, 20, 1, 1, 1, 1}, 2, 2, 1, 2), 1).get("y");
        assertArrayEquals(new int[] {2, 8, 1}, found.shape());
        assertArrayEquals(new float[] {0, 10, 1, 15, 2, 20, 0, 10, 1, 1, 1, 1, 1, 1, 1, 1}, found.data());
    }

    private float[] run(GraphBuilder graph, float... input) {
        Graph built = graph.build();
        Shape shape = built.input().shape();
        return GraphRun.on(new ReferenceBackend(), built, weights,
                Tensor.of(input, shape.n(), shape.c(), shape.h(), shape.w()), 1).get("y").data();
    }
}
