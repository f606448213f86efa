package dev.hardnet.network;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import java.util.List;

/**
 * VGG-16 ("Very Deep Convolutional Networks for Large-Scale Image Recognition"), with torchvision's keys. The fully
 * connected layers are convolutions of 7x7, 1x1 and 1x1 whose scores are averaged over the picture, as that paper's
 * section 3.2 evaluates it: inputs of 224x224 or more. torchvision's weights of those layers fit, row by kernel.
 *
 * @param name     its name
 * @param channels channels of the 3x3 convolutions between one max pool and the next
 */
public record Vgg(String name, List<List<Integer>> channels) implements ImageNetDefinition {
    /**
     * VGG-16.
     *
     * @return the definition
     */
    public static Vgg vgg16() {
        return new Vgg("vgg16", List.of(List.of(64, 64), List.of(128, 128), List.of(256, 256, 256),
                List.of(512, 512, 512), List.of(512, 512, 512)));
    }

    @Override
    public String classWeight() {
        return "classifier.6.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        View x = graph.input();
        int module = 0;
        for (List<Integer> stage : channels) {
            for (int c : stage) {
                x = conv(graph, "features." + module, x, c, Window.same(3), Activation.RELU);
                module += 2;
            }
            x = graph.pool("features." + module++, Pool.Type.MAX, x, 2, 2, 0, false);
        }
        x = conv(graph, "classifier.0", x, 4096, Window.same(7).padding(0), Activation.RELU);
        x = conv(graph, "classifier.3", x, 4096, Window.same(1), Activation.RELU);
        x = conv(graph, "classifier.6", x, classes, Window.same(1), Activation.NONE);
        graph.output("logits", graph.globalAveragePool("avgpool", x));
        return graph.build();
    }

    private static View conv(GraphBuilder graph, String name, View from, int channels, Window window,
                             Activation activation) {
        return graph.conv(name, from, channels, window, activation, Parameters.biased(name));
    }
}
