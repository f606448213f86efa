package dev.hardnet.network;

import dev.hardnet.graph.Pool;
import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.List;

/** The list that the authors call {@code base}: each module reads the one before it and is named by its number. */
final class ModuleList {
    private final Layers layers;
    private final List<View> outputs = new ArrayList<>();

    ModuleList(Layers layers) {
        this.layers = layers;
    }

    /** The name of the module that comes next. */
    String next() {
        return "base." + outputs.size();
    }

    /** What a module gives. */
    View output(int module) {
        return outputs.get(module);
    }

    /** What the last module gives, the network's input when there is none yet. */
    View last() {
        return outputs.isEmpty() ? layers.graph().input() : outputs.getLast();
    }

    void conv(int channels, int kernel, int stride) {
        outputs.add(layers.conv(next(), last(), channels, kernel, stride));
    }

    void depthwiseConv(int stride) {
        outputs.add(layers.depthwiseConv(next(), last(), stride));
    }

    void block(Stage stage) {
        outputs.add(layers.block(next(), last(), stage.layers(), stage.growth()));
    }

    void separableBlock(Stage stage) {
        outputs.add(layers.separableBlock(next(), last(), stage.layers(), stage.growth()));
    }

    /** A pool of stride 2. */
    void pool(Pool.Type type, int kernel, int padding, boolean ceilMode) {
        outputs.add(layers.graph().pool(next(), type, last(), kernel, 2, padding, ceilMode));
    }

    /** Nothing at inference, but it takes a number. */
    void dropout() {
        outputs.add(last());
    }
}
