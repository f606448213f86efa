package dev.hardnet.network;

import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.List;

/**
 * The harmonic dense block (HDB) of the paper, section 3: layer k reads layer k - 2^n for every n with 2^n | k and
 * k - 2^n at least 0, nearest first. Layer 0 is the block's input. The block's output joins its odd layers and its
 * last one, ascending; nothing reads the other even layers once the block is done.
 *
 * @param layers     number of layers, at least 1
 * @param growth     channels of an odd layer
 * @param multiplier how much wider a layer gets with each further link
 */
record HarmonicBlock(int layers, int growth, double multiplier) {
    /** Adds one layer to a graph. */
    @FunctionalInterface
    interface LayerBuilder {
        /**
         * Adds a layer.
         *
         * @param name     the layer's module name
         * @param from     what it reads
         * @param channels its output channels
         * @return its output
         */
        View add(String name, View from, int channels);
    }

    /**
     * The layers that a layer reads.
     *
     * @param layer the layer, at least 1
     * @return layer numbers in the order of the weight's input channels
     */
    static List<Integer> links(int layer) {
        List<Integer> links = new ArrayList<>();
        for (int distance = 1; distance <= layer && layer % distance == 0; distance *= 2) {
            links.add(layer - distance);
        }
        return links;
    }

    /**
     * A layer's output channels: the growth times the multiplier for each link but the first, made even.
     *
     * @param layer the layer, at least 1
     * @return its channels
     */
    int channels(int layer) {
        double channels = growth;
        for (int link = 1; link < links(layer).size(); link++) {
            channels *= multiplier;
        }
        return (int) (channels + 1) / 2 * 2;
    }

    /**
     * Adds the block to a graph.
     *
     * @param name  the block's module name
     * @param input the block's input
     * @param layer adds one layer
     * @return the block's output
     */
    View build(String name, View input, LayerBuilder layer) {
        List<View> outputs = new ArrayList<>(List.of(input));
        for (int k = 1; k <= layers; k++) {
            List<View> from = new ArrayList<>();
            for (int link : links(k)) {
                from.add(outputs.get(link));
            }
            outputs.add(layer.add(name + ".layers." + (k - 1), View.concat(from), channels(k)));
        }
        return output(outputs);
    }

    /**
     * What of the layers is the block's output.
     *
     * @param outputs the block's input and the output of each layer, in their order
     * @return the odd layers and the last one
     */
    View output(List<View> outputs) {
        List<View> kept = new ArrayList<>();
        for (int k = 1; k <= layers; k++) {
            if (k % 2 == 1 || k == layers) {
                kept.add(outputs.get(k));
            }
        }
        return View.concat(kept);
    }
}
