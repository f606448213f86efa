package dev.hardnet.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.GraphBuilder.NormSlice;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkFiguresTest {
    @Test
    void aTransposedConvolutionMultipliesEachInputPixelByTheKernel() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 5, 7));
        graph.output("y", graph.transposedConv("up", graph.input(), new Shape(1, 2, 10, 15), new Window(3, 2, 0, 1),
                Activation.NONE, Parameters.biased("up")));
        int weights = 3 * 2 * 3 * 3;
        assertEquals(new NetworkFigures(weights + 2, 5 * 7 * weights, 3 * 5 * 7 + 2 * 10 * 15),
                NetworkFigures.of(graph.build()));
    }

    @Test
    void aNormThatSeveralOperatorsWriteIsCountedOnce() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 4, 4));
        View left = graph.batchNormRelu("left", graph.input().slice(0, 1), List.of(new NormSlice("norm", 0, 3)))
                .getFirst();
        View right = graph.batchNormRelu("right", graph.input().slice(1, 2), List.of(new NormSlice("norm", 1, 3)))
                .getFirst();
        graph.output("y", graph.conv("conv", View.concat(List.of(left, right)), 5, 1, 1, Activation.NONE,
                Parameters.weightOnly("conv.weight")));
        assertEquals(new NetworkFigures(2 * 3 + 3 * 5, 16 * 3 * 5, 16 * (3 + 5)), NetworkFigures.of(graph.build()));
    }
}
