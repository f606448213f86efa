package dev.hardnet.traffic;

import java.util.List;

/**
 * Bytes that move between memory and a processor which keeps nothing from one step to the next: each step reads its
 * inputs and its weights once and writes its output once, all as float32 but for classes, which are bytes.
 *
 * @param readBytes    bytes read from feature maps
 * @param writtenBytes bytes written to feature maps
 * @param weightBytes  bytes read from weights, biases, scales and shifts
 */
public record Traffic(long readBytes, long writtenBytes, long weightBytes) {
    /** Nothing moves. */
    public static final Traffic NONE = new Traffic(0, 0, 0);

    /**
     * The traffic of a step.
     *
     * @param reads   the tensors it reads
     * @param writes  the tensor it writes
     * @param weights elements of its weights, float32
     * @return their bytes
     */
    static Traffic of(List<LayerTensor> reads, LayerTensor writes, long weights) {
        return new Traffic(reads.stream().mapToLong(LayerTensor::bytes).sum(), writes.bytes(), weights * Float.BYTES);
    }

    /**
     * What a framework moves that runs a layer by itself.
     *
     * @param layer any layer but a {@link LayerKind#RESHAPE}, which moves nothing
     * @return all that it reads, writes and weighs
     */
    static Traffic of(Layer layer) {
        return of(layer.reads(), layer.writes(), layer.weights());
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
