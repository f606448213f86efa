package dev.hardnet.network;

import dev.hardnet.InputSize;
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
 * The single-shot detectors of the authors' repository PytorchSSD-HarDNet: a HarDNet backbone, a bridge, ever smaller
 * extra maps, and at each of these sources two heads: {@code loc}, four offsets for each prior box, and {@code conf},
 * a score for each class before the softmax, class 0 being the background. The network takes other sizes than its
 * name says, as long as its extra maps fit in; the prior boxes are those of the size in the name.
 */
public final class SsdHarDNet implements SingleShotDefinition {
    /** The transition of stride 8, the first source. */
    private static final int STRIDE_8 = 9;
    private static final Window HALF = Window.same(3).stride(2);
    private static final Window INNER = Window.same(3).padding(0);

    private final String name;
    private final int size;
    private final Backbone backbone;
    /** Whether the bridge dilates its 3x3, in the module list {@code base}; else it widens it, outside. */
    private final boolean dilated;
    /** The second convolution of each pair of extra layers; the first one is a 1x1. */
    private final List<Window> extras;

    private SsdHarDNet(String name, int size, Backbone backbone, boolean dilated, List<Window> extras) {
        this.name = name;
        this.size = size;
        this.backbone = backbone;
        this.dilated = dilated;
        this.extras = extras;
    }

    /**
     * SSD on HarDNet-68 for inputs of 300x300.
     *
     * @return the definition
     */
    public static SsdHarDNet ssd300Hardnet68() {
        return new SsdHarDNet("ssd300_hardnet68", 300, Backbone.HARDNET_68, true, extras300());
    }

    /**
     * SSD on HarDNet-85 for inputs of 300x300.
     *
     * @return the definition
     */
    public static SsdHarDNet ssd300Hardnet85() {
        return new SsdHarDNet("ssd300_hardnet85", 300, Backbone.HARDNET_85, false, extras300());
    }

    /**
     * SSD on HarDNet-68 for inputs of 512x512.
     *
     * @return the definition
     */
    public static SsdHarDNet ssd512Hardnet68() {
        return new SsdHarDNet("ssd512_hardnet68", 512, Backbone.HARDNET_68, true, extras512());
    }

    /**
     * SSD on HarDNet-85 for inputs of 512x512.
     *
     * @return the definition
     */
    public static SsdHarDNet ssd512Hardnet85() {
        return new SsdHarDNet("ssd512_hardnet85", 512, Backbone.HARDNET_85, false, extras512());
    }

    private static List<Window> extras300() {
        return List.of(HALF, HALF, INNER, INNER);
    }

    private static List<Window> extras512() {
        return List.of(HALF, HALF, HALF, HALF, new Window(4, 1, 1, 1));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InputSize publishedSize() {
        return InputSize.square(size);
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        Layers layers = new Layers(graph, Activation.RELU, 1.7);
        ModuleList base = new ModuleList(layers);
        backbone.build(base, Pool.Type.MAX);
        base.conv(backbone.stages().getLast().transition(), 1, 1);
        View x = dilated ? dilatedBridge(layers, base) : wideBridge(layers, base.last());
        PriorHeads heads = new PriorHeads(graph, classes, 2 + extras.size());
        heads.add(graph.l2Norm("L2Norm", base.output(STRIDE_8), "L2Norm.weight"));
        heads.add(x);
        for (int i = 0; i < extras.size(); i++) {
            x = extraLayers(graph, i, x);
            heads.add(x);
        }
        heads.output();
        return graph.build();
    }

    static View dilatedBridge(Layers layers, ModuleList base) {
        String module = base.next();
        View pooled = layers.graph().pool(module + ".0", Pool.Type.MAX, base.last(), 3, 1, 1, false);
        int channels = pooled.shape().c();
        View dilated = layers.graph().conv(module + ".1", pooled, channels, Window.same(3).padding(4).dilation(4),
                Activation.RELU, Parameters.normalized(module + ".1.weight", module + ".2"));
        return layers.conv(module + ".4", dilated, channels, 1, 1);
    }

    private static View wideBridge(Layers layers, View x) {
        View pooled = layers.graph().pool("bridge.0", Pool.Type.MAX, x, 3, 1, 1, false);
        return layers.conv("bridge.2", layers.conv("bridge.1", pooled, 960, 3, 1), x.shape().c(), 1, 1);
    }

    private View extraLayers(GraphBuilder graph, int i, View x) {
        int channels = i == 0 ? 512 : 256;
        View narrow = extraLayer(graph, 2 * i, x, channels / 2, Window.same(1));
        return extraLayer(graph, 2 * i + 1, narrow, channels, extras.get(i));
    }

    private static View extraLayer(GraphBuilder graph, int index, View x, int channels, Window window) {
        String module = "extras." + index;
        return graph.conv(module, x, channels, window, Activation.RELU, Parameters.biased(module));
    }
}
