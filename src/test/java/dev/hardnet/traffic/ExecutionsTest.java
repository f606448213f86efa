package dev.hardnet.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Device;
import dev.hardnet.Network;
import dev.hardnet.Precision;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExecutionsTest {
    private static final ConvolutionSizes POINT = new ConvolutionSizes(1, 1, 1, 1, 0, 0, 0, 0, 1, 1);

    static Stream<Network> networks() {
        return Network.all().stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void eachExecutionMovesAtMostAsMuchAsTheOneBefore(Network network) {
        Graph graph = GraphLayersTest.graph(network);
        LayerGraph layers = GraphLayers.of(network.name(), graph);
        List<Execution> executions = List.of(FrameworkExecution.of(layers), ConcatFreeExecution.of(layers),
                PlannedExecution.of(Plan.of(graph)), FusedExecution.of(layers));
        for (int i = 1; i < executions.size(); i++) {
            Traffic more = executions.get(i - 1).total();
            Traffic less = executions.get(i).total();
            String pair = executions.get(i - 1).title() + " " + more + ", " + executions.get(i).title() + " " + less;
            assertTrue(less.mapBytes() <= more.mapBytes(), pair);
            assertTrue(less.weightBytes() <= more.weightBytes(), pair);
        }
        executions.forEach(each -> assertEquals(graph.macs(),
                each.steps().stream().mapToLong(StepTraffic::macs).sum(), each.title()));
    }

    /** What pre-activated networks' plans do, several norms of one map at once, is no fusion of single layers. */
    @ParameterizedTest
    @MethodSource("networks")
    void whatWouldBePlannedForAnUnknownNetworkIsWhatIsPlannedForOurs(Network network) {
        Graph graph = GraphLayersTest.graph(network);
        if (graph.operators().stream().noneMatch(BatchNormRelu.class::isInstance)) {
            PlannedExecution known = PlannedExecution.of(Plan.of(graph));
            PlannedExecution unknown = PlannedExecution.of(GraphLayers.of(network.name(), graph));
            assertEquals(known.total(), unknown.total());
            assertEquals(known.arenaBytes(), unknown.arenaBytes());
        }
    }

    /** A convolution with norm and activation, a pool, and a concatenation that a convolution reads; in elements. */
    @Test
    void everyExecutionOfASmallGraphMovesWhatItSays() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 3, 8, 8));
        View a = builder.conv("a", builder.input(), 4, 3, 1, Activation.RELU, Parameters.normalized("a.weight", "n"));
        View pooled = builder.pool("pool", Pool.Type.MAX, a, 2, 2, 0, false);
        View b = builder.conv("b", pooled, 2, 1, 1, Activation.NONE, Parameters.weightOnly("b.weight"));
        builder.output("y", builder.conv("y", View.concat(List.of(pooled, b)), 5, 1, 1, Activation.NONE,
                Parameters.biased("y")));
        Graph graph = builder.build();
        LayerGraph layers = GraphLayers.of("small", graph);
        long kernels = 4 * 3 * 9 + 2 * 4 + 5 * 6 + 5;
        assertEquals(elements(192 + 3 * 256 + 64 + 96 + 96, 3 * 256 + 64 + 32 + 96 + 80, kernels + 8),
                FrameworkExecution.of(layers).total());
        assertEquals(elements(192 + 3 * 256 + 64 + 96, 3 * 256 + 64 + 32 + 80, kernels + 8),
                ConcatFreeExecution.of(layers).total());
        assertEquals(elements(192 + 256 + 64 + 96, 256 + 64 + 32 + 80, kernels + 4),
                PlannedExecution.of(Plan.of(graph)).total());
        assertEquals(elements(192 + 64 + 96, 64 + 32 + 80, kernels + 4), FusedExecution.of(layers).total());
        assertEquals(List.of(List.of("a", "n", "a.relu", "pool"), List.of("b"), List.of("y")),
                FusedExecution.of(layers).steps().stream().map(StepTraffic::layers).toList());
    }

    @Test
    void whatTwoLayersOrAnOutputNeedIsWritten() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 3, 8, 8));
        View a = builder.conv("a", builder.input(), 4, 1, 1, Activation.NONE, Parameters.weightOnly("a.weight"));
        View pooled = builder.pool("pool", Pool.Type.MAX, a, 2, 2, 0, false);
        builder.output("a", a);
        builder.output("y", pooled);
        LayerGraph layers = GraphLayers.of("outputs", builder.build());
        assertEquals(List.of(List.of("a"), List.of("pool")),
                FusedExecution.of(layers).steps().stream().map(StepTraffic::layers).toList());
    }

    @Test
    void aNormInFrontOfAConvolutionIsAppliedAsThatReads() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 3, 8, 8));
        View normalized = builder.batchNormRelu("bn", builder.input(), "bn");
        builder.output("y", builder.conv("y", normalized, 4, 3, 1, Activation.NONE, Parameters.weightOnly("w")));
        LayerGraph layers = GraphLayers.of("pre-activated", builder.build());
        assertEquals(List.of(new StepTraffic("y", List.of("bn", "bn.relu", "y"), 64 * 3 * 4 * 9,
                elements(192, 256, 6 + 3 * 4 * 9))), FusedExecution.of(layers).steps());
        assertEquals(List.of(List.of("bn", "bn.relu"), List.of("y")),
                PlannedExecution.of(layers).steps().stream().map(StepTraffic::layers).toList());
    }

    @ParameterizedTest
    @CsvSource({"cuda, FLOAT16", "cpu, BFLOAT16"})
    void aPlanOfTwoBytesAnElementMovesHalfTheBytes(String device, Precision half) {
        Traffic single = total(Device.byName(device), Precision.FLOAT32);
        assertEquals(new Traffic(single.readBytes() / 2, single.writtenBytes() / 2, single.weightBytes() / 2),
                total(Device.byName(device), half));
    }

    private static Traffic total(Device device, Precision precision) {
        return PlannedExecution.of(Session.plan(Network.HARDNET_39DS,
                SessionOptions.builder().device(device).precision(precision).size(64, 64).build())).total();
    }

    @Test
    void classesAreFoundWithoutTheFullSizeLogitsWhereResizeAndArgMaxAreFused() {
        Graph graph = ArgMaxFusion.apply(GraphLayersTest.graph(Network.byName("fchardnet70")));
        LayerGraph layers = GraphLayers.of("fchardnet70", graph);
        PlannedExecution planned = PlannedExecution.of(Plan.of(graph));
        assertEquals(planned.total(), PlannedExecution.of(layers).total());
        assertEquals(planned.arenaBytes(), PlannedExecution.of(layers).arenaBytes());
        long pixels = graph.outputs().getFirst().maps().getFirst().shape().elements();
        assertEquals(pixels, planned.steps().getLast().traffic().writtenBytes());
        StepTraffic fused = FusedExecution.of(layers).steps().getLast();
        assertEquals(planned.steps().getLast().traffic(), fused.traffic());
        assertEquals(List.of("classes.resize", "classes"), fused.layers());
        assertEquals(4 * 19 * pixels + pixels,
                ConcatFreeExecution.of(layers).steps().getLast().traffic().totalBytes());
    }

    /** Products and sums with constants, as exporters write norms of parts; the convolution reads through the concat. */
    @Test
    void pointwiseLayersAreAppliedAsAConvolutionReadsThroughAConcatenation() {
        LayerTensor input = new LayerTensor("in", new Shape(1, 2, 4, 4));
        LayerTensor scaled = new LayerTensor("mul", new Shape(1, 2, 4, 4));
        LayerTensor shifted = new LayerTensor("add", new Shape(1, 2, 4, 4));
        LayerTensor joined = new LayerTensor("concat", new Shape(1, 4, 4, 4));
        LayerTensor out = new LayerTensor("conv", new Shape(1, 8, 4, 4));
        LayerGraph layers = new LayerGraph("parts", List.of(input), List.of(
                layer("mul", LayerKind.ELEMENTWISE, List.of(input), scaled, 2),
                layer("add", LayerKind.ELEMENTWISE, List.of(scaled), shifted, 2),
                layer("concat", LayerKind.CONCAT, List.of(shifted, input), joined, 0),
                new Layer("conv", LayerKind.CONV, List.of(joined), out, 512, 32, Optional.of(POINT))),
                List.of(out), List.of());
        assertEquals(List.of(new StepTraffic("conv", List.of("mul", "add", "conv"), 512, elements(64, 128, 36))),
                FusedExecution.of(layers).steps());
        assertEquals(List.of(List.of("mul", "add"), List.of("conv")),
                PlannedExecution.of(layers).steps().stream().map(StepTraffic::layers).toList());
    }

    private static Layer layer(String name, LayerKind kind, List<LayerTensor> reads, LayerTensor writes,
            long weights) {
        return new Layer(name, kind, reads, writes, 0, weights, Optional.empty());
    }

    @Test
    void aReshapeMovesNothingAndHidesNobody() {
        LayerTensor input = new LayerTensor("in", new Shape(1, 2, 4, 4));
        LayerTensor map = new LayerTensor("map", new Shape(1, 8, 2, 2));
        LayerTensor flat = new LayerTensor("flat", new Shape(1, 32, 1, 1));
        LayerTensor out = new LayerTensor("out", new Shape(1, 32, 1, 1));
        LayerGraph layers = new LayerGraph("flat", List.of(input), List.of(
                new Layer("conv", LayerKind.CONV, List.of(input), map, 256, 64,
                        Optional.of(new ConvolutionSizes(2, 2, 2, 2, 0, 0, 0, 0, 1, 1))),
                new Layer("flatten", LayerKind.RESHAPE, List.of(map), flat, 0, 0, Optional.empty()),
                new Layer("relu", LayerKind.ACTIVATION, List.of(flat), out, 0, 0, Optional.empty())),
                List.of(out), List.of());
        assertEquals(elements(32 + 32, 32 + 32, 64), FrameworkExecution.of(layers).total());
        assertEquals(List.of(new StepTraffic("conv", List.of("conv", "relu"), 256, elements(32, 32, 64))),
                FusedExecution.of(layers).steps());
        assertEquals(256, PlannedExecution.of(layers).arenaBytes());
    }

    /** In the plan, what is no CIO are the pools and the linear layer. */
    @Test
    void hardnet68MovesItsCioAndLittleElse() {
        Graph graph = GraphLayersTest.graph(Network.HARDNET_68);
        LayerGraph layers = GraphLayers.of("hardnet68", graph);
        long pools = 64 * (112 * 112 + 56 * 56) + 128 * (56 * 56 + 28 * 28) + 320 * (28 * 28 + 14 * 14)
                + 640 * (14 * 14 + 7 * 7) + 1024 * (7 * 7 + 1);
        assertEquals(4 * (NetworkFigures.of(graph).cio() + pools + 1024 + 1000),
                PlannedExecution.of(Plan.of(graph)).total().mapBytes());
        assertEquals(new Traffic(89999456, 72567296, 70261392), FrameworkExecution.of(layers).total());
        assertEquals(new Traffic(69093704, 51661544, 70261392), ConcatFreeExecution.of(layers).total());
        assertEquals(new Traffic(35711768, 18279608, 70236168), PlannedExecution.of(Plan.of(graph)).total());
        assertEquals(new Traffic(29188888, 11756728, 70236168), FusedExecution.of(layers).total());
    }

    private static Traffic elements(long read, long written, long weights) {
        return new Traffic(read * Float.BYTES, written * Float.BYTES, weights * Float.BYTES);
    }
}
