package dev.hardnet.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import org.junit.jupiter.api.Test;

class ArgMaxFusionTest {
    @Test
    void replacesTheLastResizeAndItsLogits() {
        GraphBuilder builder = new GraphBuilder(new Shape(2, 3, 4, 6));
        builder.output("logits", builder.resize("up", builder.input(), 8, 12));
        Graph fused = ArgMaxFusion.apply(builder.build());
        assertEquals(1, fused.operators().size());
        ResizeArgMax last = assertInstanceOf(ResizeArgMax.class, fused.operators().getLast());
        assertEquals(new FeatureMap(1, "classes", new Shape(2, 1, 8, 12), ElementType.UINT8), last.output());
        assertEquals(2 * 8 * 12, last.output().bytes());
        assertArrayEquals(new int[] {2, 8, 12}, fused.outputs().getFirst().tensorShape());
    }

    @Test
    void readsLogitsThatAnythingElseWrites() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 3, 4, 6));
        View logits = builder.conv("conv", builder.input(), 5, 1, 1, Activation.NONE, Parameters.biased("conv"));
        builder.output("logits", logits);
        Graph fused = ArgMaxFusion.apply(builder.build());
        assertEquals(2, fused.operators().size());
        assertEquals(logits, fused.operators().getLast().reads().getFirst());
        assertEquals(2, fused.outputs().getFirst().maps().getFirst().id());
    }

    @Test
    void refusesOtherOutputs() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 3, 4, 6));
        builder.output("hm", builder.resize("up", builder.input(), 8, 12));
        Graph graph = builder.build();
        assertEquals("A class per pixel needs a network whose one output is logits; this one gives [hm].",
                assertThrows(HarDNetException.class, () -> ArgMaxFusion.apply(graph)).getMessage());
    }

    @Test
    void refusesMoreClassesThanAByteTellsApart() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 257, 4, 6));
        builder.output("logits", builder.resize("up", builder.input(), 8, 12));
        Graph graph = builder.build();
        assertEquals("classes tells 257 classes apart; a class per pixel is a byte, for at most 256.",
                assertThrows(HarDNetException.class, () -> ArgMaxFusion.apply(graph)).getMessage());
    }
}
