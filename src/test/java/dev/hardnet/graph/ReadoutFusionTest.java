package dev.hardnet.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.Network;
import dev.hardnet.plan.Plan;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ReadoutFusionTest {
    private static final Shape INPUT = new Shape(2, 3, 4, 6);

    private static View conv(GraphBuilder builder, String name, View from) {
        return builder.conv(name, from, 5, 1, 1, Activation.NONE, Parameters.biased(name));
    }

    @Test
    void leavesTheLastResizeToTheReader() {
        GraphBuilder builder = new GraphBuilder(INPUT);
        builder.output("logits", builder.resize("up", conv(builder, "conv", builder.input()), 8, 12));
        Graph fused = ReadoutFusion.apply(builder.build());
        assertEquals(List.of("conv"), fused.operators().stream().map(Operator::name).toList());
        Output output = fused.outputs().getFirst();
        assertEquals(List.of(new FeatureMap(1, "conv", new Shape(2, 5, 4, 6))), output.maps());
        assertEquals(new Shape(2, 5, 8, 12), output.shape());
        assertTrue(output.isResized());
        assertArrayEquals(new int[] {2, 5, 8, 12}, output.tensorShape());
    }

    private static void assertStaysAsItIs(BiFunction<GraphBuilder, View, View> output) {
        GraphBuilder builder = new GraphBuilder(INPUT);
        builder.output("y", output.apply(builder, builder.input()));
        Graph graph = builder.build();
        assertEquals(graph, ReadoutFusion.apply(graph));
        assertFalse(graph.outputs().getFirst().isResized());
    }

    @Test
    void leavesAResizeThatAnOperatorReadsToo() {
        assertStaysAsItIs((builder, input) -> {
            View up = builder.resize("up", conv(builder, "conv", input), 8, 12);
            conv(builder, "reader", up);
            return up;
        });
    }

    @Test
    void leavesAResizeThatTwoOutputsName() {
        assertStaysAsItIs((builder, input) -> {
            View up = builder.resize("up", conv(builder, "conv", input), 8, 12);
            builder.output("x", up);
            return up;
        });
    }

    @Test
    void leavesAResizeOfSeveralMaps() {
        assertStaysAsItIs((builder, input) -> builder.resize("up",
                View.concat(List.of(conv(builder, "a", input), conv(builder, "b", input))), 8, 12));
    }

    @Test
    void leavesAResizeOfAPartOfAMap() {
        assertStaysAsItIs((builder, input) -> builder.resize("up", conv(builder, "a", input).slice(1, 3), 8, 12));
    }

    @Test
    void leavesAResizeOfTheInput() {
        assertStaysAsItIs((builder, input) -> builder.resize("up", input, 8, 12));
    }

    @Test
    void leavesWhatIsNoResize() {
        assertStaysAsItIs((builder, input) -> conv(builder, "conv", input));
    }

    @Test
    void theArenaOfASegmentationNetworkHoldsNoFullSizeLogits() {
        Graph graph = Network.byName("fchardnet70").graph(1, 256, 512, 19);
        long logits = graph.outputs().getFirst().maps().getFirst().bytes();
        Plan fused = Plan.of(ReadoutFusion.apply(graph));
        assertEquals(19 * 256 * 512 * Float.BYTES, logits);
        assertTrue(Plan.of(graph).arenaBytes() > logits);
        assertTrue(fused.arenaBytes() < logits, () -> fused + " beside logits of " + logits);
    }

    @Test
    void anOutputRefusesSizesThatAResizeCannotGive() {
        FeatureMap map = new FeatureMap(1, "map", new Shape(1, 5, 4, 6));
        assertEquals("Output y cannot be 1x6x8x12, because map 1x5x4x6 cannot be resized to that.",
                assertThrows(HarDNetException.class, () -> new Output("y", List.of(map), Output.Layout.PLANES, 1,
                        new Shape(1, 6, 8, 12))).getMessage());
    }
}
