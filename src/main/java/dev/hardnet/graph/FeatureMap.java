package dev.hardnet.graph;

/**
 * One tensor N x C x H x W that an operator produces, or the network's input.
 *
 * @param id    its number in the graph: 0 is the input, the others follow in the order of their operators
 * @param name  its name: the module that produces it in the authors' code, {@code input} for the input
 * @param shape its sizes
 */
public record FeatureMap(int id, String name, Shape shape) {
    /**
     * Its size in memory as float32.
     *
     * @return bytes
     */
    public long bytes() {
        return shape.elements() * Float.BYTES;
    }

    @Override
    public String toString() {
        return name + " " + shape;
    }
}
