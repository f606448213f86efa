package dev.hardnet.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Network;
import dev.hardnet.plan.Plan;
import dev.hardnet.traffic.NetworkFigures;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvDepthwiseFusionTest {
    private static final Shape INPUT = new Shape(2, 3, 9, 11);

    private static View pointwise(GraphBuilder builder, String name, View from) {
        return builder.conv(name, from, 8, 1, 1, Activation.RELU6, Parameters.biased(name));
    }

    private static View depthwise(GraphBuilder builder, String name, View from, int kernel, int stride) {
        return builder.depthwiseConv(name, from, kernel, stride, Activation.NONE, Parameters.biased(name));
    }

    @Test
    void joinsAPairAndNumbersTheMapsAnew() {
        GraphBuilder builder = new GraphBuilder(INPUT);
        View first = pointwise(builder, "first", builder.input());
        View second = depthwise(builder, "second", first, 3, 2);
        builder.output("y", builder.add("sum", second, second, Activation.NONE));
        Graph fused = ConvDepthwiseFusion.apply(builder.build());
        ConvDepthwise both = assertInstanceOf(ConvDepthwise.class, fused.operators().getFirst());
        assertEquals("second", both.name());
        assertEquals("1x1 + depthwise 3x3 s2", both.kind());
        assertEquals(new FeatureMap(ConvDepthwise.BETWEEN, "first", new Shape(2, 8, 9, 11)), both.between());
        assertEquals(new FeatureMap(1, "second", new Shape(2, 8, 5, 6)), both.output());
        assertEquals(List.of(View.of(fused.input())), both.reads());
        assertEquals(List.of(View.of(both.output()), View.of(both.output())), fused.operators().getLast().reads());
        assertEquals(2, fused.outputs().getFirst().maps().getFirst().id());
    }

    private static void assertStaysAsItIs(BiFunction<GraphBuilder, View, View> behind) {
        GraphBuilder builder = new GraphBuilder(INPUT);
        builder.output("y", behind.apply(builder, pointwise(builder, "first", builder.input())));
        Graph graph = builder.build();
        assertEquals(graph, ConvDepthwiseFusion.apply(graph));
    }

    @Test
    void leavesAMapThatAnotherOperatorReads() {
        assertStaysAsItIs((builder, first) -> builder.add("sum", depthwise(builder, "second", first, 3, 1), first,
                Activation.NONE));
    }

    @Test
    void leavesAMapThatIsAnOutput() {
        assertStaysAsItIs((builder, first) -> {
            builder.output("between", first);
            return depthwise(builder, "second", first, 3, 1);
        });
    }

    @Test
    void leavesAViewOfMoreThanTheMap() {
        assertStaysAsItIs((builder, first) -> depthwise(builder, "second",
                View.concat(List.of(first, builder.input())), 3, 1));
    }

    @Test
    void leavesWindowsThatNoKernelJoins() {
        assertStaysAsItIs((builder, first) -> depthwise(builder, "second", first, 5, 1));
        assertStaysAsItIs((builder, first) -> depthwise(builder, "second", first, 3, 3));
        assertStaysAsItIs((builder, first) -> depthwise(builder, "second",
                builder.conv("third", first, 8, 3, 1, Activation.NONE, Parameters.biased("third")), 3, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardnet39ds", "hardnet68ds", "hardnet68", "fchardnet70", "centernet_hardnet85",
        "ssd512_hardnet68"})
    void keepsFiguresAndParametersOfANetworkAndNeverNeedsMoreMemory(String network) {
        Graph graph = Network.byName(network).graph(1, 512, 512, 10);
        Graph fused = ConvDepthwiseFusion.apply(graph);
        assertEquals(NetworkFigures.of(graph), NetworkFigures.of(fused));
        assertEquals(graph.parameters(), fused.parameters());
        assertEquals(IntStream.range(0, fused.maps().size()).boxed().toList(),
                fused.maps().stream().map(FeatureMap::id).toList());
        Plan before = Plan.of(graph);
        Plan after = Plan.of(fused);
        assertTrue(after.arenaBytes() <= before.arenaBytes(), () -> after + ", " + before);
        assertEquals(before.totals().copiedBytes(), after.totals().copiedBytes());
        assertEquals(before.totals().viewsBytes(), after.totals().viewsBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardnet39ds", "hardnet68ds"})
    void leavesNoDepthwiseConvolutionOfADepthwiseNetworkAlone(String network) {
        Set<Class<?>> kinds = ConvDepthwiseFusion.apply(Network.byName(network).graph(1, 224, 224, 10)).operators()
                .stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.of(Conv.class, ConvDepthwise.class, GlobalAveragePool.class, Linear.class), kinds);
    }
}
