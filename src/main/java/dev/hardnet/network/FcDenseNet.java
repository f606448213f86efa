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
import dev.hardnet.graph.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * FC-DenseNet ("The One Hundred Layers Tiramisu") and, with harmonic dense blocks in place of its dense blocks, the
 * FC-HarDNets of the paper's section 4.1 and Table 2: a U with five max pools and five transposed convolutions. A
 * block's input is part of its output on the way down and at the very end, not on the way up. No weights were
 * published; the keys are our own.
 *
 * @param name       its name
 * @param stem       channels of the first convolution
 * @param blocks     the blocks on the way down; the last is the bottom, the others come again on the way up
 * @param multiplier the harmonic blocks' multiplier, 0 for dense blocks
 */
public record FcDenseNet(String name, int stem, List<Block> blocks, double multiplier) implements NetworkDefinition {
    /**
     * A block's size.
     *
     * @param layers its layers
     * @param growth channels of a layer, in a harmonic block of an odd one
     */
    public record Block(int layers, int growth) {
    }

    /**
     * FC-DenseNet-103.
     *
     * @return the definition
     */
    public static FcDenseNet fcdensenet103() {
        return new FcDenseNet("fcdensenet103", 48,
                blocks(List.of(4, 5, 7, 10, 12, 15), List.of(16, 16, 16, 16, 16, 16)), 0);
    }

    /**
     * FC-HarDNet-ref100, as deep and about as large as an FC-DenseNet of growth 10.
     *
     * @return the definition
     */
    public static FcDenseNet fchardnetRef100() {
        return new FcDenseNet("fchardnet_ref100", 48,
                blocks(List.of(8, 8, 8, 8, 8, 8), List.of(10, 10, 10, 10, 10, 10)), 1.54);
    }

    /**
     * FC-HarDNet-68.
     *
     * @return the definition
     */
    public static FcDenseNet fchardnet68() {
        return new FcDenseNet("fchardnet68", 8, blocks(List.of(4, 4, 4, 4, 8, 8), List.of(4, 6, 8, 8, 10, 10)), 1.7);
    }

    /**
     * FC-HarDNet-76.
     *
     * @return the definition
     */
    public static FcDenseNet fchardnet76() {
        return new FcDenseNet("fchardnet76", 24,
                blocks(List.of(4, 4, 4, 8, 8, 8), List.of(8, 10, 12, 12, 12, 14)), 1.7);
    }

    /**
     * FC-HarDNet-84.
     *
     * @return the definition
     */
    public static FcDenseNet fchardnet84() {
        return new FcDenseNet("fchardnet84", 32,
                blocks(List.of(4, 4, 8, 8, 8, 8), List.of(10, 12, 14, 16, 20, 22)), 1.7);
    }

    private static List<Block> blocks(List<Integer> layers, List<Integer> growths) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            blocks.add(new Block(layers.get(i), growths.get(i)));
        }
        return blocks;
    }

    @Override
    public Task task() {
        return Task.SEGMENTATION;
    }

    /** The classes of CamVid. */
    @Override
    public int publishedClasses() {
        return 11;
    }

    @Override
    public InputSize publishedSize() {
        return new InputSize(352, 480);
    }

    @Override
    public String classWeight() {
        return "classes.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        View x = graph.conv("first", graph.input(), stem, 3, 1, Activation.NONE, Parameters.biased("first"));
        Deque<View> skips = new ArrayDeque<>();
        int bottom = blocks.size() - 1;
        for (int i = 0; i < bottom; i++) {
            x = View.concat(List.of(x, block(graph, "down." + i + ".block", x, blocks.get(i))));
            skips.push(x);
            x = normConv(graph, "down." + i + ".transition", x, x.shape().c(), 1);
            x = graph.pool("down." + i + ".pool", Pool.Type.MAX, x, 2, 2, 0, false);
        }
        x = block(graph, "bottom", x, blocks.get(bottom));
        View joined = x;
        for (int i = bottom - 1; i >= 0; i--) {
            joined = View.concat(List.of(up(graph, "up." + i + ".transition", x, skips.peek().shape()), skips.pop()));
            x = block(graph, "up." + i + ".block", joined, blocks.get(i));
        }
        graph.output("logits", graph.conv("classes", View.concat(List.of(joined, x)), classes, 1, 1, Activation.NONE,
                Parameters.biased("classes")));
        return graph.build();
    }

    private View block(GraphBuilder graph, String name, View input, Block block) {
        if (multiplier > 0) {
            return PreActivatedBlock.readingInputAgain(graph, name,
                    new HarmonicBlock(block.layers, block.growth, multiplier), input,
                    (_, layer, normalized, channels) -> conv(graph, layer, normalized, channels, 3));
        }
        List<View> all = new ArrayList<>(List.of(input));
        for (int i = 0; i < block.layers; i++) {
            all.add(normConv(graph, name + ".layers." + i, View.concat(all), block.growth, 3));
        }
        return View.concat(all.subList(1, all.size()));
    }

    /** Twice the size, cropped at the bottom and the right to the skip's. */
    private static View up(GraphBuilder graph, String name, View from, Shape skip) {
        return graph.transposedConv(name, from, skip.withChannels(from.shape().c()), new Window(3, 2, 0, 1),
                Activation.NONE, Parameters.biased(name));
    }

    private static View normConv(GraphBuilder graph, String name, View from, int channels, int kernel) {
        return conv(graph, name, graph.batchNormRelu(name + ".norm", from, name + ".norm"), channels, kernel);
    }

    private static View conv(GraphBuilder graph, String name, View normalized, int channels, int kernel) {
        return graph.conv(name + ".conv", normalized, channels, kernel, 1, Activation.NONE,
                Parameters.biased(name + ".conv"));
    }
}
