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
 * Densely connected networks of growth 32 ("Densely Connected Convolutional Networks"), with torchvision's keys: every
 * layer reads all before it in its block. A layer's second batch norm and ReLU follow its 1x1 and are folded into it.
 *
 * @param name   its name
 * @param blocks layers in each of the four blocks
 */
public record DenseNet(String name, List<Integer> blocks) implements ImageNetDefinition {
    private static final int GROWTH = 32;

    /**
     * DenseNet-121.
     *
     * @return the definition
     */
    public static DenseNet densenet121() {
        return new DenseNet("densenet121", List.of(6, 12, 24, 16));
    }

    /**
     * DenseNet-201.
     *
     * @return the definition
     */
    public static DenseNet densenet201() {
        return new DenseNet("densenet201", List.of(6, 12, 48, 32));
    }

    @Override
    public String classWeight() {
        return "classifier.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        View x = graph.conv("features.conv0", graph.input(), 64, 7, 2, Activation.RELU,
                Parameters.normalized("features.conv0.weight", "features.norm0"));
        x = graph.pool("features.pool0", Pool.Type.MAX, x, 3, 2, 1, false);
        for (int block = 1; block <= blocks.size(); block++) {
            if (block > 1) {
                x = transition(graph, "features.transition" + (block - 1), x);
            }
            for (int layer = 1; layer <= blocks.get(block - 1); layer++) {
                String name = "features.denseblock%d.denselayer%d".formatted(block, layer);
                x = View.concat(List.of(x, layer(graph, name, x)));
            }
        }
        x = graph.globalAveragePool("pool", graph.batchNormRelu("features.norm5", x, "features.norm5"));
        graph.output("logits", graph.linear("classifier", x, classes, Parameters.biased("classifier")));
        return graph.build();
    }

    private static View layer(GraphBuilder graph, String name, View from) {
        View x = graph.batchNormRelu(name + ".norm1", from, name + ".norm1");
        x = graph.conv(name + ".conv1", x, 4 * GROWTH, 1, 1, Activation.RELU,
                Parameters.normalized(name + ".conv1.weight", name + ".norm2"));
        return graph.conv(name + ".conv2", x, GROWTH, 3, 1, Activation.NONE,
                Parameters.weightOnly(name + ".conv2.weight"));
    }

    private static View transition(GraphBuilder graph, String name, View from) {
        View x = graph.batchNormRelu(name + ".norm", from, name + ".norm");
        x = graph.conv(name + ".conv", x, from.shape().c() / 2, 1, 1, Activation.NONE,
                Parameters.weightOnly(name + ".conv.weight"));
        return graph.pool(name + ".pool", Pool.Type.AVERAGE, x, 2, 2, 0, false);
    }
}
