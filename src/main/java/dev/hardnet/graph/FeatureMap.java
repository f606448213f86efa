package dev.hardnet.graph;

/**
 * One tensor N x C x H x W that an operator produces, or the network's input.
 *
 * @param id    its number in the graph: 0 is the input, the others follow in the order in which they are written
 * @param name  its name: the module that produces it in the authors' code, {@code input} for the input
 * @param shape its sizes
 * @param type  what its elements are
 */
public record FeatureMap(int id, String name, Shape shape, ElementType type) {
    /**
     * A map of float32.
     *
     * @param id    its number in the graph
     * @param name  its name
     * @param shape its sizes
     */
    public FeatureMap(int id, String name, Shape shape) {
        this(id, name, shape, ElementType.FLOAT32);
    }

    /**
     * Its size in memory.
     *
     * @return bytes
     */
    public long bytes() {
        return shape.elements() * type.bytes();
    }

    // Written out: the equality of a record makes classes when it is first asked for.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof FeatureMap map && id == map.id && name.equals(map.name)
                && shape.equals(map.shape) && type == map.type;
    }

    @Override
    public int hashCode() {
        return 31 * id + name.hashCode();
    }

    @Override
    public String toString() {
        return name + " " + shape;
    }
}
