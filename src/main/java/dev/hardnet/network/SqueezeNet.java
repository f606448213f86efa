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
 * SqueezeNet 1.0 ("AlexNet-level accuracy with 50x fewer parameters"), with that paper's names of layers: fire modules
 * squeeze the channels by a 1x1 and expand them to eight times as many, half by a 1x1 and half by a 3x3. The first
 * convolution is padded, as HarDNet's paper counts it; torchvision's is not, so its weights have other keys.
 *
 * @param name  its name
 * @param fires squeezed channels of the fire modules between one max pool and the next
 */
public record SqueezeNet(String name, List<List<Integer>> fires) implements ImageNetDefinition {
    /**
     * SqueezeNet 1.0.
     *
     * @return the definition
     */
    public static SqueezeNet squeezenet() {
        return new SqueezeNet("squeezenet1_0", List.of(List.of(16, 16, 32), List.of(32, 48, 48, 64), List.of(64)));
    }

    @Override
    public String classWeight() {
        return "conv10.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        View x = conv(graph, "conv1", graph.input(), 96, Window.same(7).stride(2));
        int layer = 1;
        for (List<Integer> stage : fires) {
            x = graph.pool("maxpool" + layer, Pool.Type.MAX, x, 3, 2, 0, true);
            for (int squeezed : stage) {
                x = fire(graph, "fire" + ++layer, x, squeezed);
            }
        }
        x = conv(graph, "conv10", x, classes, Window.same(1));
        graph.output("logits", graph.globalAveragePool("avgpool10", x));
        return graph.build();
    }

    private static View fire(GraphBuilder graph, String name, View from, int squeezed) {
        View x = conv(graph, name + ".squeeze", from, squeezed, Window.same(1));
        return View.concat(List.of(conv(graph, name + ".expand1x1", x, 4 * squeezed, Window.same(1)),
                conv(graph, name + ".expand3x3", x, 4 * squeezed, Window.same(3))));
    }

    private static View conv(GraphBuilder graph, String name, View from, int channels, Window window) {
        return graph.conv(name, from, channels, window, Activation.RELU, Parameters.biased(name));
    }
}
