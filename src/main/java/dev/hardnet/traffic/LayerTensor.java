package dev.hardnet.traffic;

import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.Shape;

/**
 * What one layer hands to another. Tensors of other ranks are seen as maps: {@code N x F} as {@code N x F x 1 x 1}.
 *
 * @param name  its name, unique in its graph
 * @param shape N x C x H x W
 * @param type  what an element is
 */
public record LayerTensor(String name, Shape shape, ElementType type) {
    /**
     * A tensor of float32.
     *
     * @param name  its name, unique in its graph
     * @param shape N x C x H x W
     */
    public LayerTensor(String name, Shape shape) {
        this(name, shape, ElementType.FLOAT32);
    }

    /**
     * Its size.
     *
     * @return elements of the whole batch
     */
    public long elements() {
        return shape.elements();
    }

    /**
     * Its size in memory.
     *
     * @return bytes of the whole batch
     */
    public long bytes() {
        return elements() * type.bytes();
    }
}
