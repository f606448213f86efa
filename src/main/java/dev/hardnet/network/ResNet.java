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
 * Residual networks ("Deep Residual Learning for Image Recognition"). A bottleneck halves the map in its first 1x1, as
 * in that paper, and as HarDNet's counts it. torchvision's do so in their 3x3: their weights would fit and give
 * something else, so only ResNet-18 has torchvision's keys.
 *
 * @param name       its name
 * @param bottleneck whether a unit is 1x1, 3x3, 1x1 to four times the width, not 3x3, 3x3
 * @param layers     units in each of the four layers
 */
public record ResNet(String name, boolean bottleneck, List<Integer> layers) implements ImageNetDefinition {
    /**
     * ResNet-18.
     *
     * @return the definition
     */
    public static ResNet resnet18() {
        return new ResNet("resnet18", false, List.of(2, 2, 2, 2));
    }

    /**
     * ResNet-50.
     *
     * @return the definition
     */
    public static ResNet resnet50() {
        return new ResNet("resnet50", true, List.of(3, 4, 6, 3));
    }

    /**
     * ResNet-101.
     *
     * @return the definition
     */
    public static ResNet resnet101() {
        return new ResNet("resnet101", true, List.of(3, 4, 23, 3));
    }

    /**
     * ResNet-152.
     *
     * @return the definition
     */
    public static ResNet resnet152() {
        return new ResNet("resnet152", true, List.of(3, 8, 36, 3));
    }

    @Override
    public String classWeight() {
        return "fc.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        View x = graph.conv("conv1", graph.input(), 64, 7, 2, Activation.RELU, normalized("conv1", "bn1"));
        x = graph.pool("maxpool", Pool.Type.MAX, x, 3, 2, 1, false);
        for (int layer = 0; layer < layers.size(); layer++) {
            for (int i = 0; i < layers.get(layer); i++) {
                String name = (bottleneck ? "stage%d.%d" : "layer%d.%d").formatted(layer + 1, i);
                x = unit(graph, name, x, 64 << layer, i == 0 && layer > 0 ? 2 : 1);
            }
        }
        x = graph.globalAveragePool("avgpool", x);
        graph.output("logits", graph.linear("fc", x, classes, Parameters.biased("fc")));
        return graph.build();
    }

    private View unit(GraphBuilder graph, String name, View input, int width, int stride) {
        int channels = bottleneck ? 4 * width : width;
        View x = bottleneck ? conv(graph, name, 1, input, width, 1, stride, Activation.RELU) : input;
        x = conv(graph, name, bottleneck ? 2 : 1, x, width, 3, bottleneck ? 1 : stride, Activation.RELU);
        x = bottleneck ? conv(graph, name, 3, x, channels, 1, 1, Activation.NONE)
                : conv(graph, name, 2, x, channels, 3, 1, Activation.NONE);
        View shortcut = input;
        if (stride > 1 || input.shape().c() != channels) {
            shortcut = graph.conv(name + ".downsample.0", input, channels, 1, stride, Activation.NONE,
                    normalized(name + ".downsample.0", name + ".downsample.1"));
        }
        return graph.add(name + ".add", x, shortcut, Activation.RELU);
    }

    private static View conv(GraphBuilder graph, String unit, int number, View from, int channels, int kernel,
                             int stride, Activation activation) {
        String name = unit + ".conv" + number;
        return graph.conv(name, from, channels, kernel, stride, activation, normalized(name, unit + ".bn" + number));
    }

    private static Parameters normalized(String conv, String norm) {
        return Parameters.normalized(conv + ".weight", norm);
    }
}
