package dev.hardnet.weights;

/** Takes a weight part by part, in row-major order from the first element to the last. */
@FunctionalInterface
public interface WeightSink {
    /**
     * Takes a part.
     *
     * @param part  holds the elements at its start; the next part overwrites it
     * @param count how many elements
     * @param first the place of its first element in the whole weight
     */
    void take(float[] part, int count, int first);
}
