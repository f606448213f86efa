package dev.hardnet.traffic;

/**
 * Bytes that move between memory and a processor which keeps nothing from one step to the next: each step reads its
 * inputs and its weights once and writes its output once, all as float32.
 *
 * @param readBytes    bytes read from feature maps
 * @param writtenBytes bytes written to feature maps
 * @param weightBytes  bytes read from weights, biases, scales and shifts
 */
public record Traffic(long readBytes, long writtenBytes, long weightBytes) {
    /** Nothing moves. */
    public static final Traffic NONE = new Traffic(0, 0, 0);

    /**
     * The traffic of float32 elements.
     *
     * @param read    elements read from feature maps
     * @param written elements written to feature maps
     * @param weights elements read from weights
     * @return their bytes
     */
    static Traffic ofElements(long read, long written, long weights) {
        return new Traffic(read * Float.BYTES, written * Float.BYTES, weights * Float.BYTES);
    }

    /**
     * What a framework moves that runs a layer by itself.
     *
     * @param layer any layer but a {@link LayerKind#RESHAPE}, which moves nothing
     * @return all that it reads, writes and weighs
     */
    static Traffic of(Layer layer) {
        return ofElements(layer.reads().stream().mapToLong(LayerTensor::elements).sum(), layer.writes().elements(),
                layer.weights());
    }

    /**
     * Both together.
     *
     * @param other more traffic
     * @return the sums
     */
    public Traffic plus(Traffic other) {
        return new Traffic(readBytes + other.readBytes, writtenBytes + other.writtenBytes,
                weightBytes + other.weightBytes);
    }

    /**
     * Bytes to and from feature maps.
     *
     * @return read and written bytes, without weights
     */
    public long mapBytes() {
        return readBytes + writtenBytes;
    }

    /**
     * Everything that moves.
     *
     * @return bytes, weights included
     */
    public long totalBytes() {
        return mapBytes() + weightBytes;
    }
}
