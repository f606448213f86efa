package dev.hardnet.network;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import java.util.List;

/**
 * The networks that the paper compares with DenseNet (section 3.3, Table 1, columns "s"): BN-ReLU-Conv order, every
 * block's input is part of its output, and every fourth 3x3 reads a 1x1 bottleneck. The transition behind a block has
 * 0.85 times its channels and, where it halves the map, reads the maximum and the average of it (Figure 3a). No
 * weights were published; the keys are our own.
 *
 * @param name   its name
 * @param growth channels of an odd layer
 * @param depths layers of the blocks at strides 4, 8, 16 and 32
 */
public record PreActivatedHarDNet(String name, int growth, List<List<Integer>> depths) implements ImageNetDefinition {
    private static final double MULTIPLIER = 1.6;
    private static final double REDUCTION = 0.85;

    /**
     * HarDNet-96s.
     *
     * @return the definition
     */
    public static PreActivatedHarDNet hardnet96s() {
        return new PreActivatedHarDNet("hardnet96s", 20,
                List.of(List.of(8), List.of(16), List.of(16, 16), List.of(16)));
    }

    /**
     * HarDNet-117s.
     *
     * @return the definition
     */
    public static PreActivatedHarDNet hardnet117s() {
        return new PreActivatedHarDNet("hardnet117s", 26,
                List.of(List.of(8), List.of(16), List.of(16, 16, 16), List.of(16)));
    }

    /**
     * HarDNet-138s.
     *
     * @return the definition
     */
    public static PreActivatedHarDNet hardnet138s() {
        return new PreActivatedHarDNet("hardnet138s", 30,
                List.of(List.of(8), List.of(16), List.of(16, 16, 16), List.of(16, 16)));
    }

    @Override
    public String classWeight() {
        return "classifier.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        View x = graph.conv("base.0.conv", graph.input(), 64, 7, 2, Activation.RELU,
                Parameters.normalized("base.0.conv.weight", "base.0.norm"));
        x = graph.pool("base.1", Pool.Type.MAX, x, 3, 2, 1, false);
        int module = 2;
        for (List<Integer> resolution : depths) {
            for (int block = 0; block < resolution.size(); block++) {
                if (module > 2) {
                    x = transition(graph, "base." + module++, x, block == 0);
                }
                x = block(graph, "base." + module++, x, resolution.get(block));
            }
        }
        x = graph.globalAveragePool("pool", graph.batchNormRelu("norm", x, "norm"));
        graph.output("logits", graph.linear("classifier", x, classes, Parameters.biased("classifier")));
        return graph.build();
    }

    private static View transition(GraphBuilder graph, String name, View x, boolean down) {
        View from = x;
        if (down) {
            from = View.concat(List.of(graph.pool(name + ".max", Pool.Type.MAX, x, 2, 2, 0, false),
                    graph.pool(name + ".average", Pool.Type.AVERAGE, x, 2, 2, 0, false)));
        }
        return graph.conv(name + ".conv", graph.batchNormRelu(name + ".norm", from, name + ".norm"),
                (int) (REDUCTION * x.shape().c()), 1, 1, Activation.NONE, Parameters.weightOnly(name + ".conv.weight"));
    }

    private View block(GraphBuilder graph, String name, View x, int depth) {
        View out = PreActivatedBlock.readingInputOnce(graph, name, new HarmonicBlock(depth, growth, MULTIPLIER), x,
                (k, layer, normalized, channels) -> layer(graph, layer, normalized, channels, k % 4 == 0));
        return View.concat(List.of(x, out));
    }

    private static View layer(GraphBuilder graph, String name, View normalized, int channels, boolean bottleneck) {
        View x = normalized;
        if (bottleneck) {
            int between = (int) (Math.sqrt((double) x.shape().c() / channels) * channels);
            x = graph.conv(name + ".bottleneck", x, between, 1, 1, Activation.RELU,
                    Parameters.normalized(name + ".bottleneck.conv.weight", name + ".bottleneck.norm"));
        }
        return graph.conv(name + ".conv", x, channels, 3, 1, Activation.NONE,
                Parameters.weightOnly(name + ".conv.weight"));
    }
}
