package dev.hardnet.plan;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.List;

/** Graphs of HarDNet's shape for the planner's tests, written down from the link rule. */
final class HarmonicGraphs {
    /** A block: its layers, growth, the width of the transition after it, and whether the map is halved then. */
    record Block(int layers, int growth, int width, boolean downsample) {
    }

    private final GraphBuilder builder = new GraphBuilder(new Shape(1, 3, 224, 224));
    private final boolean separable;
    private final double multiplier;
    private int module;

    private HarmonicGraphs(boolean separable, double multiplier) {
        this.separable = separable;
        this.multiplier = multiplier;
    }

    static Graph hardnet39ds() {
        return new HarmonicGraphs(true, 1.6).network(24, 48, List.of(new Block(4, 16, 96, true),
                new Block(16, 20, 320, true), new Block(8, 64, 640, true), new Block(4, 160, 1024, false)));
    }

    static Graph hardnet68() {
        return new HarmonicGraphs(false, 1.7).network(32, 64, List.of(new Block(8, 14, 128, true),
                new Block(16, 16, 256, false), new Block(16, 20, 320, true), new Block(16, 40, 640, true),
                new Block(4, 160, 1024, false)));
    }

    static Graph hardnet85() {
        return new HarmonicGraphs(false, 1.7).network(48, 96, List.of(new Block(8, 24, 192, true),
                new Block(16, 24, 256, false), new Block(16, 28, 320, true), new Block(16, 36, 480, false),
                new Block(16, 48, 720, true), new Block(4, 256, 1280, false)));
    }

    private Graph network(int stem, int width, List<Block> blocks) {
        View at = conv(name(), builder.input(), stem, 3, 2);
        at = conv(name(), at, width, separable ? 1 : 3, 1);
        at = halve(name(), at, 3, 1);
        for (Block block : blocks) {
            at = block(name() + ".layers.", at, block);
            at = conv(name(), at, block.width(), 1, 1);
            at = block.downsample() ? halve(name(), at, 2, 0) : at;
        }
        String head = name();
        at = builder.globalAveragePool(head + ".0", at);
        builder.output("logits", builder.linear(head + ".3", at, 1000, Parameters.biased(head + ".3")));
        return builder.build();
    }

    private View block(String prefix, View input, Block block) {
        List<View> layers = new ArrayList<>(List.of(input));
        for (int k = 1; k <= block.layers(); k++) {
            List<View> links = new ArrayList<>();
            for (int hop = 1; hop <= k && k % hop == 0; hop *= 2) {
                links.add(layers.get(k - hop));
            }
            layers.add(layer(prefix + (k - 1), View.concat(links), channels(block.growth(), links.size() - 1)));
        }
        List<View> kept = new ArrayList<>();
        for (int k = 1; k <= block.layers(); k++) {
            if (k % 2 == 1 || k == block.layers()) {
                kept.add(layers.get(k));
            }
        }
        return View.concat(kept);
    }

    private int channels(int growth, int power) {
        double channels = growth;
        for (int i = 0; i < power; i++) {
            channels *= multiplier;
        }
        return (int) (channels + 1) / 2 * 2;
    }

    private View layer(String name, View from, int channels) {
        if (!separable) {
            return conv(name, from, channels, 3, 1);
        }
        View half = conv(name + ".layer1", from, channels, 1, 1);
        return builder.depthwiseConv(name + ".layer2", half, 3, 1, Activation.NONE, keys(name + ".layer2"));
    }

    private View conv(String name, View from, int channels, int kernel, int stride) {
        return builder.conv(name, from, channels, kernel, stride, Activation.RELU6, keys(name));
    }

    private View halve(String name, View from, int kernel, int padding) {
        return separable ? builder.depthwiseConv(name, from, 3, 2, Activation.NONE, keys(name))
                : builder.pool(name, Pool.Type.MAX, from, kernel, 2, padding, false);
    }

    private String name() {
        return "base." + module++;
    }

    private static Parameters keys(String name) {
        return Parameters.normalized(name + ".weight", name + ".norm");
    }
}
