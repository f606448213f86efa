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
 * The RFBNet detectors of the authors' repository PytorchSSD-HarDNet: single-shot detectors as {@link SsdHarDNet},
 * whose first source and larger extra maps are made by receptive field blocks. Such a block sees its input through
 * branches of ever larger kernels and dilations, and adds a shortcut to what a 1x1 makes of them. The prior boxes are
 * those of SSD.
 */
public final class RfbHarDNet implements SingleShotDefinition {
    /** The transition of stride 8, which the first source is made of. */
    private static final int STRIDE_8 = 9;
    private static final Window POINT = Window.same(1);
    private static final Window SQUARE = Window.same(3);
    private static final Window ROW = Window.same(1, 3);
    private static final Window COLUMN = Window.same(3, 1);

    /**
     * A receptive field block among the extra layers.
     *
     * @param channels output channels
     * @param stride   of its last but one convolutions and its shortcut
     * @param field    the branches end with the dilations 1 + field and 1 + 2 field
     */
    private record Block(int channels, int stride, int field) {
    }

    /** A convolution of a branch. */
    private record Layer(int channels, Window window) {
    }

    private final String name;
    private final int size;
    private final Backbone backbone;
    /** Whether the backbone ends with the dilated bridge of SSD. */
    private final boolean bridged;
    private final List<Block> blocks;
    /** The second convolution of each pair of extra layers behind the blocks; the first one is a 1x1. */
    private final List<Window> pairs;

    private RfbHarDNet(String name, int size, Backbone backbone, boolean bridged, List<Block> blocks,
                       List<Window> pairs) {
        this.name = name;
        this.size = size;
        this.backbone = backbone;
        this.bridged = bridged;
        this.blocks = blocks;
        this.pairs = pairs;
    }

    /**
     * RFBNet on HarDNet-68 for inputs of 300x300.
     *
     * @return the definition
     */
    public static RfbHarDNet rfb300Hardnet68() {
        return rfb300("rfb300_hardnet68", Backbone.HARDNET_68, true);
    }

    /**
     * RFBNet on HarDNet-85 for inputs of 300x300.
     *
     * @return the definition
     */
    public static RfbHarDNet rfb300Hardnet85() {
        return rfb300("rfb300_hardnet85", Backbone.HARDNET_85, false);
    }

    /**
     * RFBNet on HarDNet-68 for inputs of 512x512.
     *
     * @return the definition
     */
    public static RfbHarDNet rfb512Hardnet68() {
        return rfb512("rfb512_hardnet68", Backbone.HARDNET_68, true);
    }

    /**
     * RFBNet on HarDNet-85 for inputs of 512x512.
     *
     * @return the definition
     */
    public static RfbHarDNet rfb512Hardnet85() {
        return rfb512("rfb512_hardnet85", Backbone.HARDNET_85, false);
    }

    private static RfbHarDNet rfb300(String name, Backbone backbone, boolean bridged) {
        return new RfbHarDNet(name, 300, backbone, bridged,
                List.of(new Block(1024, 1, 2), new Block(512, 2, 2), new Block(256, 2, 2)),
                List.of(SQUARE.padding(0), SQUARE.padding(0)));
    }

    private static RfbHarDNet rfb512(String name, Backbone backbone, boolean bridged) {
        return new RfbHarDNet(name, 512, backbone, bridged,
                List.of(new Block(1024, 1, 2), new Block(512, 2, 2), new Block(256, 2, 2), new Block(256, 2, 1),
                        new Block(256, 2, 1)),
                List.of(new Window(4, 1, 1, 1)));
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
        View x = bridged ? SsdHarDNet.dilatedBridge(layers, base) : base.last();
        PriorHeads heads = new PriorHeads(graph, classes, 1 + blocks.size() + pairs.size());
        heads.add(firstSource(graph, base.output(STRIDE_8)));
        for (int i = 0; i < blocks.size(); i++) {
            x = block(graph, "extras." + i, x, blocks.get(i));
            heads.add(x);
        }
        for (int i = 0; i < pairs.size(); i++) {
            x = pair(graph, blocks.size() + 2 * i, x, pairs.get(i));
            heads.add(x);
        }
        heads.output();
        return graph.build();
    }

    private static View firstSource(GraphBuilder graph, View x) {
        int width = x.shape().c() / 4;
        Layer point = new Layer(width, POINT);
        return joined(graph, "Norm", x, 512, 1,
                branch(graph, "Norm.branch0", x, point, new Layer(width, SQUARE)),
                branch(graph, "Norm.branch1", x, point, new Layer(width, COLUMN), new Layer(width, dilated(3))),
                branch(graph, "Norm.branch2", x, point, new Layer(width, ROW), new Layer(width, dilated(3))),
                branch(graph, "Norm.branch3", x, new Layer(width / 2, POINT), new Layer(width / 4 * 3, ROW),
                        new Layer(width, COLUMN), new Layer(width, dilated(5))));
    }

    private static View block(GraphBuilder graph, String module, View x, Block block) {
        int width = x.shape().c() / 8;
        Layer point = new Layer(width, POINT);
        Layer sampled = new Layer(2 * width, SQUARE.stride(block.stride));
        return joined(graph, module, x, block.channels, block.stride,
                branch(graph, module + ".branch0", x, point, sampled,
                        new Layer(2 * width, dilated(1 + block.field))),
                branch(graph, module + ".branch1", x, point, new Layer(width / 2 * 3, SQUARE), sampled,
                        new Layer(2 * width, dilated(1 + 2 * block.field))));
    }

    private static Window dilated(int dilation) {
        return SQUARE.padding(dilation).dilation(dilation);
    }

    /** Convolutions behind each other, the last one without ReLU. */
    private static View branch(GraphBuilder graph, String module, View from, Layer... layers) {
        View x = from;
        for (int i = 0; i < layers.length; i++) {
            x = conv(graph, module + "." + i, x, layers[i],
                    i + 1 < layers.length ? Activation.RELU : Activation.NONE);
        }
        return x;
    }

    private static View joined(GraphBuilder graph, String module, View x, int channels, int stride, View... branches) {
        View linear = conv(graph, module + ".ConvLinear", View.concat(List.of(branches)), new Layer(channels, POINT),
                Activation.NONE);
        View shortcut = conv(graph, module + ".shortcut", x, new Layer(channels, POINT.stride(stride)),
                Activation.NONE);
        return graph.add(module, linear, shortcut, Activation.RELU);
    }

    private static View pair(GraphBuilder graph, int index, View x, Window window) {
        View narrow = conv(graph, "extras." + index, x, new Layer(128, POINT), Activation.RELU);
        return conv(graph, "extras." + (index + 1), narrow, new Layer(256, window), Activation.RELU);
    }

    private static View conv(GraphBuilder graph, String module, View x, Layer layer, Activation activation) {
        return graph.conv(module, x, layer.channels, layer.window, activation,
                Parameters.normalized(module + ".conv.weight", module + ".bn"));
    }
}
