package dev.hardnet.network;

import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/**
 * A harmonic dense block in the order BN-ReLU-Conv. Each layer has its own norm, {@code layers.K.norm}, over all that
 * it reads. A layer's output is read once, right after it is written, and normalised for all its readers together, so
 * that it need not stay unless the block's output has it.
 */
final class PreActivatedBlock {
    /** Adds one layer to a graph. */
    @FunctionalInterface
    interface Layer {
        /**
         * Adds a layer.
         *
         * @param k          its number, at least 1
         * @param name       its module name
         * @param normalized what it reads, behind norm and ReLU
         * @param channels   its output channels
         * @return its output, not normalised
         */
        View add(int k, String name, View normalized, int channels);
    }

    private final GraphBuilder graph;
    private final String name;
    private final HarmonicBlock block;
    private final View input;
    /** For each layer what it reads, normalised, the nearest first. */
    private final Map<Integer, LinkedList<View>> normalized = new LinkedHashMap<>();

    private PreActivatedBlock(GraphBuilder graph, String name, HarmonicBlock block, View input) {
        this.graph = graph;
        this.name = name;
        this.block = block;
        this.input = input;
        for (int k = 1; k <= block.layers(); k++) {
            normalized.put(k, new LinkedList<>());
        }
    }

    /**
     * Adds a block whose input is read once and normalised for all its readers together, as the layers are.
     *
     * @param graph where to
     * @param name  the block's module name
     * @param block its sizes
     * @param input the block's input
     * @param layer adds one layer, which reads what is normalised
     * @return the block's output, not normalised
     */
    static View readingInputOnce(GraphBuilder graph, String name, HarmonicBlock block, View input,
                                 Layer layer) {
        PreActivatedBlock added = new PreActivatedBlock(graph, name, block, input);
        added.normalize(name + ".norms", 0, input, added.readers(0));
        return added.build(layer);
    }

    /**
     * Adds a block whose input stays and is normalised again for each of its readers, just before it: less memory
     * where the input is wide.
     *
     * @param graph where to
     * @param name  the block's module name
     * @param block its sizes
     * @param input the block's input
     * @param layer adds one layer, which reads what is normalised
     * @return the block's output, not normalised
     */
    static View readingInputAgain(GraphBuilder graph, String name, HarmonicBlock block, View input,
                                  Layer layer) {
        return new PreActivatedBlock(graph, name, block, input).build(layer);
    }

    private View build(Layer layer) {
        List<View> outputs = new ArrayList<>(List.of(input));
        for (int k = 1; k <= block.layers(); k++) {
            if (normalized.get(k).size() < HarmonicBlock.links(k).size()) {
                normalize(layerName(k) + ".norm", 0, input, List.of(k));
            }
            View output = layer.add(k, layerName(k), View.concat(normalized.get(k)), block.channels(k));
            outputs.add(output);
            if (k < block.layers()) {
                normalize(layerName(k) + ".norms", k, output, readers(k));
            }
        }
        return block.output(outputs);
    }

    private void normalize(String operator, int source, View view, List<Integer> readers) {
        List<View> views = graph.batchNormRelu(operator, view, readers.stream().map(k -> slice(k, source)).toList());
        for (int i = 0; i < readers.size(); i++) {
            LinkedList<View> parts = normalized.get(readers.get(i));
            if (source == 0) {
                parts.addLast(views.get(i));
            } else {
                parts.addFirst(views.get(i));
            }
        }
    }

    private List<Integer> readers(int source) {
        return normalized.keySet().stream().filter(k -> HarmonicBlock.links(k).contains(source)).toList();
    }

    /** Where a source's channels are in a reader's norm. */
    private GraphBuilder.NormSlice slice(int reader, int source) {
        int first = 0;
        int total = 0;
        for (int link : HarmonicBlock.links(reader)) {
            int channels = link == 0 ? input.shape().c() : block.channels(link);
            first += link > source ? channels : 0;
            total += channels;
        }
        return new GraphBuilder.NormSlice(layerName(reader) + ".norm", first, total);
    }

    private String layerName(int k) {
        return name + ".layers." + (k - 1);
    }
}
