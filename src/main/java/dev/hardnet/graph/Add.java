package dev.hardnet.graph;

import dev.hardnet.HarDNetException;
import java.util.List;

/**
 * The sum of two views, element by element, and the activation behind it: a residual connection.
 *
 * @param name       its name in the graph
 * @param left       N x C x H x W
 * @param right      the same sizes
 * @param output     what is written, the same sizes
 * @param activation what is applied to each sum
 */
public record Add(String name, View left, View right, FeatureMap output, Activation activation) implements Operator {
    /**
     * Checks the sizes.
     *
     * @throws HarDNetException when the views differ in size
     */
    public Add {
        if (!left.shape().equals(right.shape())) {
            throw new HarDNetException("%s adds a map of %s to one of %s; their sizes must be equal."
                    .formatted(name, left.shape(), right.shape()));
        }
    }

    @Override
    public String kind() {
        return OperatorText.activated("add", activation);
    }

    @Override
    public List<View> reads() {
        return List.of(left, right);
    }
}
