package dev.hardnet.network;

import dev.hardnet.InputSize;
import dev.hardnet.Task;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import java.util.List;

/**
 * The classification networks of the authors' repository Pytorch-HarDNet: a stem, harmonic dense blocks with 1x1
 * transitions, global average pooling and a linear head. The depthwise (DS) members replace every 3x3 of a block by a
 * 1x1 and a depthwise 3x3.
 */
public final class HarDNet implements NetworkDefinition {
    /**
     * A harmonic dense block and the transition behind it.
     *
     * @param layers     layers of the block
     * @param growth     channels of an odd layer
     * @param transition output channels of the 1x1 transition
     * @param extra      the module it has beside these two
     */
    private record Stage(int layers, int growth, int transition, Extra extra) {
    }

    private enum Extra {
        NONE,
        /** Behind the transition: halves height and width. */
        DOWNSAMPLE,
        /** Before the transition: nothing at inference, but it takes a number in the authors' module list. */
        DROPOUT
    }

    private final String name;
    private final boolean depthwise;
    private final int stem;
    private final double multiplier;
    private final List<Stage> stages;

    private HarDNet(String name, boolean depthwise, int stem, double multiplier, Stage... stages) {
        this.name = name;
        this.depthwise = depthwise;
        this.stem = stem;
        this.multiplier = multiplier;
        this.stages = List.of(stages);
    }

    /**
     * HarDNet-39DS.
     *
     * @return the definition
     */
    public static HarDNet hardnet39ds() {
        return new HarDNet("hardnet39ds", true, 24, 1.6,
                new Stage(4, 16, 96, Extra.DOWNSAMPLE),
                new Stage(16, 20, 320, Extra.DOWNSAMPLE),
                new Stage(8, 64, 640, Extra.DOWNSAMPLE),
                new Stage(4, 160, 1024, Extra.NONE));
    }

    /**
     * HarDNet-68DS.
     *
     * @return the definition
     */
    public static HarDNet hardnet68ds() {
        return new HarDNet("hardnet68ds", true, 32, 1.7, stages68());
    }

    /**
     * HarDNet-68.
     *
     * @return the definition
     */
    public static HarDNet hardnet68() {
        return new HarDNet("hardnet68", false, 32, 1.7, stages68());
    }

    /**
     * HarDNet-85.
     *
     * @return the definition
     */
    public static HarDNet hardnet85() {
        return new HarDNet("hardnet85", false, 48, 1.7,
                new Stage(8, 24, 192, Extra.DOWNSAMPLE),
                new Stage(16, 24, 256, Extra.NONE),
                new Stage(16, 28, 320, Extra.DOWNSAMPLE),
                new Stage(16, 36, 480, Extra.NONE),
                new Stage(16, 48, 720, Extra.DOWNSAMPLE),
                new Stage(4, 256, 1280, Extra.DROPOUT));
    }

    private static Stage[] stages68() {
        return new Stage[] {
            new Stage(8, 14, 128, Extra.DOWNSAMPLE),
            new Stage(16, 16, 256, Extra.NONE),
            new Stage(16, 20, 320, Extra.DOWNSAMPLE),
            new Stage(16, 40, 640, Extra.DOWNSAMPLE),
            new Stage(4, 160, 1024, Extra.NONE)};
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Task task() {
        return Task.CLASSIFICATION;
    }

    @Override
    public int publishedClasses() {
        return 1000;
    }

    @Override
    public InputSize publishedSize() {
        return InputSize.square(224);
    }

    @Override
    public String classWeight() {
        return linear() + ".weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        View x = stem(graph);
        int module = 3;
        for (Stage stage : stages) {
            HarmonicBlock block = new HarmonicBlock(stage.layers, stage.growth, multiplier);
            x = block.build("base." + module++, x, (layer, from, channels) -> blockLayer(graph, layer, from, channels));
            module += stage.extra == Extra.DROPOUT ? 1 : 0;
            x = conv(graph, "base." + module++, x, stage.transition, 1, 1);
            if (stage.extra == Extra.DOWNSAMPLE) {
                x = downsample(graph, "base." + module++, x);
            }
        }
        View pooled = graph.globalAveragePool(head() + ".0", x);
        graph.output("logits", graph.linear(linear(), pooled, classes, Parameters.biased(linear())));
        return graph.build();
    }

    private View stem(GraphBuilder graph) {
        View x = conv(graph, "base.0", graph.input(), stem, 3, 2);
        x = conv(graph, "base.1", x, 2 * stem, depthwise ? 1 : 3, 1);
        return depthwise ? depthwiseConv(graph, "base.2", x, 2)
                : graph.pool("base.2", Pool.Type.MAX, x, 3, 2, 1, false);
    }

    private View blockLayer(GraphBuilder graph, String layer, View from, int channels) {
        if (!depthwise) {
            return conv(graph, layer, from, channels, 3, 1);
        }
        return depthwiseConv(graph, layer + ".layer2", conv(graph, layer + ".layer1", from, channels, 1, 1), 1);
    }

    private View downsample(GraphBuilder graph, String module, View x) {
        return depthwise ? depthwiseConv(graph, module, x, 2)
                : graph.pool(module, Pool.Type.MAX, x, 2, 2, 0, false);
    }

    private static View conv(GraphBuilder graph, String module, View from, int channels, int kernel, int stride) {
        return graph.conv(module, from, channels, kernel, stride, Activation.RELU6,
                Parameters.normalized(module + ".conv.weight", module + ".norm"));
    }

    private static View depthwiseConv(GraphBuilder graph, String module, View from, int stride) {
        return graph.depthwiseConv(module, from, 3, stride, Activation.NONE,
                Parameters.normalized(module + ".dwconv.weight", module + ".norm"));
    }

    private String linear() {
        return head() + ".3";
    }

    /** The last entry of the authors' module list: pool, flatten, dropout, linear. */
    private String head() {
        int modules = 3;
        for (Stage stage : stages) {
            modules += stage.extra == Extra.NONE ? 2 : 3;
        }
        return "base." + modules;
    }
}
