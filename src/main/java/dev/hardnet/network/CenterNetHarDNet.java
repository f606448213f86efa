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
import java.util.ArrayList;
import java.util.List;

/**
 * The detection networks of the authors' repository CenterNet-HarDNet: a HarDNet backbone, a decoder up to stride 4
 * whose blocks read a map beside its local and its global attention, and two heads: {@code hm}, a heat map of centres
 * for each class before the sigmoid, and {@code wh}, the box around each centre.
 */
public final class CenterNetHarDNet implements NetworkDefinition {
    /** The backbone's blocks that the decoder goes back to, by their stride: 4, 8 and, the last one, 16. */
    private static final int STRIDE_4 = 3;
    private static final int STRIDE_8 = 8;

    /**
     * A step of the decoder.
     *
     * @param channels of the block's input, before its attention
     * @param shortcut channels that go to the heads, past the block; 0 for none
     * @param layers   layers of the block
     * @param growth   channels of its odd layers
     */
    private record Step(int channels, int shortcut, int layers, int growth) {
    }

    private final String name;
    private final Backbone backbone;
    private final int projection;
    /** Of the deepest block. */
    private final int growth;
    private final List<Step> steps;
    /** How many steps of the decoder join the backbone's block of their size; the others only take its size. */
    private final int joining;

    private CenterNetHarDNet(String name, Backbone backbone, int projection, int growth, int joining,
                             List<Step> steps) {
        this.name = name;
        this.backbone = backbone;
        this.projection = projection;
        this.growth = growth;
        this.joining = joining;
        this.steps = steps;
    }

    /**
     * CenterNet on HarDNet-68.
     *
     * @return the definition
     */
    public static CenterNetHarDNet hardnet68() {
        return new CenterNetHarDNet("centernet_hardnet68", Backbone.HARDNET_68, 192, 72, 2, List.of(
                new Step(224, 32, 8, 48),
                new Step(96, 32, 8, 32),
                new Step(64, 0, 4, 20)));
    }

    /**
     * CenterNet on HarDNet-85.
     *
     * @return the definition
     */
    public static CenterNetHarDNet hardnet85() {
        return new CenterNetHarDNet("centernet_hardnet85", Backbone.HARDNET_85, 256, 80, 3, List.of(
                new Step(224, 32, 8, 64),
                new Step(160, 32, 8, 48),
                new Step(96, 0, 4, 28)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Task task() {
        return Task.DETECTION;
    }

    @Override
    public int publishedClasses() {
        return 80;
    }

    @Override
    public InputSize publishedSize() {
        return InputSize.square(512);
    }

    @Override
    public String classWeight() {
        return "hm.2.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        Layers layers = new Layers(graph, Activation.RELU, 1.7);
        ModuleList base = new ModuleList(layers);
        backbone.build(base, Pool.Type.AVERAGE);
        List<View> skips = List.of(base.last(), base.output(STRIDE_8), base.output(STRIDE_4));
        View x = deepestBlock(layers, base.last());
        List<View> shortcuts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            View input = input(layers, i, x, skips.get(i));
            if (steps.get(i).shortcut > 0) {
                shortcuts.add(shortcut(graph, i, input, skips.getLast()));
            }
            x = block(layers, i, input);
        }
        heads(graph, joined(graph, shortcuts, x), classes);
        return graph.build();
    }

    private View deepestBlock(Layers layers, View x) {
        View projected = layers.conv("last_proj", x, projection, 1, 1);
        View pooled = layers.graph().pool("last_pool", Pool.Type.AVERAGE, projected, 2, 2, 0, false);
        return layers.block("last_blk", withAttention(layers.graph(), "last_blk", pooled), 8, growth);
    }

    private View input(Layers layers, int i, View x, View skip) {
        View up = layers.graph().resize("transUpBlocks." + i, x, skip.shape().h(), skip.shape().w());
        View joined = i < joining ? View.concat(List.of(up, skip)) : up;
        return layers.conv("conv1x1_up." + i, joined, steps.get(i).channels + steps.get(i).shortcut, 1, 1);
    }

    private View block(Layers layers, int i, View input) {
        String module = "denseBlocksUp." + i;
        View attended = withAttention(layers.graph(), module, input.slice(0, steps.get(i).channels));
        return layers.block(module, attended, steps.get(i).layers, steps.get(i).growth);
    }

    /** A map, its local average, and its share of the whole picture. */
    private static View withAttention(GraphBuilder graph, String module, View x) {
        View local = graph.pool(module + ".avg9x9", Pool.Type.AVERAGE, x, 9, 1, 4, false);
        return View.concat(List.of(x, local, graph.sumToOne(module + ".share", x)));
    }

    /** Resized at once where that takes less memory than keeping the map it is cut from. */
    private View shortcut(GraphBuilder graph, int i, View input, View last) {
        View shortcut = input.slice(steps.get(i).channels, steps.get(i).shortcut);
        boolean smaller = last.shape().withChannels(steps.get(i).shortcut).elements() < input.shape().elements();
        return smaller ? graph.resize("shortcut." + i, shortcut, last.shape().h(), last.shape().w()) : shortcut;
    }

    private static View joined(GraphBuilder graph, List<View> shortcuts, View x) {
        List<View> joined = new ArrayList<>(List.of(x));
        for (int i = 0; i < shortcuts.size(); i++) {
            joined.addFirst(graph.resize("shortcut." + i, shortcuts.get(i), x.shape().h(), x.shape().w()));
        }
        return View.concat(joined);
    }

    /** The narrow head comes first: less is kept while the wide one runs. */
    private static void heads(GraphBuilder graph, View x, int classes) {
        View boxes = head(graph, "wh", x, 4);
        graph.output("hm", head(graph, "hm", x, classes));
        graph.output("wh", boxes);
    }

    private static View head(GraphBuilder graph, String module, View x, int values) {
        View hidden = graph.conv(module + ".0", x, Math.max(128, 4 * values), 3, 1, Activation.RELU,
                Parameters.biased(module + ".0"));
        return graph.conv(module + ".2", hidden, values, 1, 1, Activation.NONE, Parameters.biased(module + ".2"));
    }
}
