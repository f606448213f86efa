package dev.hardnet.graph;

import java.util.List;

/**
 * Each channel of each picture divided by its sum over all pixels plus 0.1, so that it sums to about one: the global
 * attention of the CenterNet decoder.
 *
 * @param name   its name in the graph
 * @param input  what is read: N x C x H x W
 * @param output what is written, the same sizes
 */
public record SumToOne(String name, View input, FeatureMap output) implements Operator {
    /** What is added to the sum. */
    public static final double OFFSET = 0.1;

    @Override
    public String kind() {
        return "sum to one";
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }
}
