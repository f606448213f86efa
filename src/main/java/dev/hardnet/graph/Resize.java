package dev.hardnet.graph;

import java.util.List;

/**
 * Bilinear interpolation that keeps the corners: output position i of n lies at i (size - 1) / (n - 1) of the input
 * (PyTorch's interpolate with align_corners = true).
 *
 * @param name   its name in the graph
 * @param input  what is read: N x C x H x W
 * @param output what is written: N x C x any height x any width
 */
public record Resize(String name, View input, FeatureMap output) implements Operator {
    @Override
    public String kind() {
        return "resize bilinear";
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }
}
