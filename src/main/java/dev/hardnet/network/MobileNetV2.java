package dev.hardnet.network;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import java.util.List;

/**
 * MobileNetV2 ("Inverted Residuals and Linear Bottlenecks"), with torchvision's keys.
 *
 * @param name  its name
 * @param width what all channels are multiplied by
 */
public record MobileNetV2(String name, double width) implements ImageNetDefinition {
    /** Units of one shape: the first has the stride. */
    private record Stage(int expansion, int channels, int units, int stride) {
    }

    private static final List<Stage> STAGES = List.of(new Stage(1, 16, 1, 1), new Stage(6, 24, 2, 2),
            new Stage(6, 32, 3, 2), new Stage(6, 64, 4, 2), new Stage(6, 96, 3, 1), new Stage(6, 160, 3, 2),
            new Stage(6, 320, 1, 1));

    /**
     * MobileNetV2.
     *
     * @return the definition
     */
    public static MobileNetV2 mobilenetV2() {
        return new MobileNetV2("mobilenet_v2", 1);
    }

    /**
     * MobileNetV2, 1.4 times as wide.
     *
     * @return the definition
     */
    public static MobileNetV2 mobilenetV2x14() {
        return new MobileNetV2("mobilenet_v2_1.4", 1.4);
    }

    @Override
    public String classWeight() {
        return "classifier.1.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        View x = conv(graph, "features.0", graph.input(), scaled(32, this.width), 3, 2);
        int module = 1;
        for (Stage stage : STAGES) {
            for (int unit = 0; unit < stage.units; unit++) {
                x = unit(graph, "features." + module++, x, stage, unit == 0 ? stage.stride : 1);
            }
        }
        x = conv(graph, "features." + module, x, scaled(1280, Math.max(1, this.width)), 1, 1);
        x = graph.globalAveragePool("avgpool", x);
        graph.output("logits", graph.linear("classifier.1", x, classes, Parameters.biased("classifier.1")));
        return graph.build();
    }

    private View unit(GraphBuilder graph, String name, View input, Stage stage, int stride) {
        int module = 0;
        View x = input;
        if (stage.expansion > 1) {
            x = conv(graph, name + ".conv." + module++, x, x.shape().c() * stage.expansion, 1, 1);
        }
        String depthwise = name + ".conv." + module++;
        x = graph.depthwiseConv(depthwise, x, 3, stride, Activation.RELU6,
                Parameters.normalized(depthwise + ".0.weight", depthwise + ".1"));
        String linear = name + ".conv." + module++;
        x = graph.conv(linear, x, scaled(stage.channels, width), 1, 1, Activation.NONE,
                Parameters.normalized(linear + ".weight", name + ".conv." + module));
        boolean residual = stride == 1 && x.shape().equals(input.shape());
        return residual ? graph.add(name + ".add", x, input, Activation.NONE) : x;
    }

    private static View conv(GraphBuilder graph, String name, View from, int channels, int kernel, int stride) {
        return graph.conv(name, from, channels, kernel, stride, Activation.RELU6,
                Parameters.normalized(name + ".0.weight", name + ".1"));
    }

    private static int scaled(int channels, double factor) {
        return (int) (channels * factor);
    }
}
