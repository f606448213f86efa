package dev.hardnet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Tensor;
import dev.hardnet.backend.reference.ReferenceBackend;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.weights.SyntheticWeights;
import org.junit.jupiter.api.Test;

class PreActivatedBlockTest {
    private static final HarmonicBlock BLOCK = new HarmonicBlock(8, 4, 1.6);

    /** Adds the block under test to a graph. */
    private interface Form {
        View add(GraphBuilder graph);
    }

    @Test
    void computesWhatNormalisingAtEachReaderComputes() {
        float[] expected = run(graph(PreActivatedBlockTest::plain));
        assertArrayEquals(expected, run(graph(PreActivatedBlockTest::once)));
        assertArrayEquals(expected, run(graph(PreActivatedBlockTest::again)));
    }

    @Test
    void readsEachLayerOnceAndTheInputOnceOrForEachReader() {
        assertEquals(8, norms(PreActivatedBlockTest::once));
        assertEquals(7 + 4, norms(PreActivatedBlockTest::again));
    }

    private static View once(GraphBuilder graph) {
        return PreActivatedBlock.readingInputOnce(graph, "block", BLOCK, graph.input(),
                (_, name, normalized, channels) -> conv(graph, name, normalized, channels));
    }

    private static View again(GraphBuilder graph) {
        return PreActivatedBlock.readingInputAgain(graph, "block", BLOCK, graph.input(),
                (_, name, normalized, channels) -> conv(graph, name, normalized, channels));
    }

    private static View plain(GraphBuilder graph) {
        return BLOCK.build("block", graph.input(), (name, from, channels) -> conv(graph, name,
                graph.batchNormRelu(name + ".norm", from, name + ".norm"), channels));
    }

    private static View conv(GraphBuilder graph, String name, View from, int channels) {
        return graph.conv(name, from, channels, 3, 1, Activation.NONE, Parameters.weightOnly(name + ".weight"));
    }

    private static Graph graph(Form form) {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 5, 6));
        graph.output("y", graph.conv("join", form.add(graph), 2, 1, 1, Activation.NONE,
                Parameters.weightOnly("join.weight")));
        return graph.build();
    }

    private static long norms(Form form) {
        return graph(form).operators().stream().filter(BatchNormRelu.class::isInstance).count();
    }

    private static float[] run(Graph graph) {
        Tensor input = SyntheticWeights.inputTensor(graph.input().shape(), 3);
        SyntheticWeights weights = new SyntheticWeights(graph.parameters(), 3);
        return GraphRun.on(new ReferenceBackend(), graph, weights, input, 1).get("y").data();
    }
}
