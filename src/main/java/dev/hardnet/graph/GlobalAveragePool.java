package dev.hardnet.graph;

import java.util.List;

/**
 * The mean of each channel over all pixels.
 *
 * @param name   its name in the graph
 * @param input  what is read: N x C x H x W
 * @param output what is written: N x C x 1 x 1
 */
public record GlobalAveragePool(String name, View input, FeatureMap output) implements Operator {
    @Override
    public String kind() {
        return "global average pool";
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }
}
