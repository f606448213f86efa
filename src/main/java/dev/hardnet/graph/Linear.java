package dev.hardnet.graph;

import java.util.List;

/**
 * A fully connected layer: weight x input + bias.
 *
 * @param name   the module's name
 * @param input  what is read: N x inputs x 1 x 1
 * @param output what is written: N x outputs x 1 x 1
 * @param keys   where the weights are found
 */
public record Linear(String name, View input, FeatureMap output, Parameters keys) implements Weighted {
    @Override
    public String kind() {
        return "linear";
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }

    /**
     * The weight's sizes.
     *
     * @return outputs x inputs
     */
    @Override
    public List<Integer> weightShape() {
        return List.of(output.shape().c(), input.shape().c());
    }

    @Override
    public long macs() {
        return output.shape().elements() * input.shape().c();
    }
}
