package dev.hardnet.graph;

import java.util.List;

/**
 * A tensor that a network's weights must hold.
 *
 * @param key   its state_dict key
 * @param shape its sizes, PyTorch's order
 */
public record ParameterSpec(String key, List<Integer> shape) {
    /** Makes the sizes immutable. */
    public ParameterSpec {
        shape = List.copyOf(shape);
    }

    /**
     * The number of elements.
     *
     * @return the product of the sizes, 1 for a scalar
     */
    public long elements() {
        long elements = 1;
        for (int size : shape) {
            elements *= size;
        }
        return elements;
    }
}
