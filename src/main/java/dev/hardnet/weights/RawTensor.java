package dev.hardnet.weights;

import dev.hardnet.HarDNetException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor as a file holds it. The bytes are the record's own and are not copied.
 *
 * @param key   its name
 * @param type  the type of its elements
 * @param shape its sizes
 * @param bytes its elements in row-major order, little-endian
 */
public record RawTensor(String key, DataType type, List<Integer> shape, byte[] bytes) {
    /**
     * Checks the sizes.
     *
     * @throws HarDNetException when there are not as many bytes as type and sizes say
     */
    public RawTensor {
        shape = List.copyOf(shape);
        long elements = shape.stream().anyMatch(size -> size < 0) ? -1 : StridedLayout.elements(shape);
        if (elements != bytes.length / type.bytes() || bytes.length % type.bytes() != 0) {
            throw new HarDNetException("The tensor %s of sizes %s of %s cannot have %d bytes."
                    .formatted(Excerpt.of(key), shape, type, bytes.length));
        }
    }

    /**
     * A float32 tensor.
     *
     * @param key    its name
     * @param shape  its sizes
     * @param values its elements in row-major order
     * @return a tensor with bytes of its own
     */
    public static RawTensor ofFloats(String key, List<Integer> shape, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new RawTensor(key, DataType.F32, shape, bytes.array());
    }

    /**
     * The elements as whole numbers.
     *
     * @return a new array in row-major order; bytes of U8 are 0 to 255
     * @throws HarDNetException when the elements are floating-point numbers
     */
    public long[] longs() {
        if (!type.isInteger()) {
            throw new HarDNetException("The tensor %s holds %s, but whole numbers are expected."
                    .formatted(Excerpt.of(key), type));
        }
        MemorySegment data = MemorySegment.ofArray(bytes);
        long[] out = new long[bytes.length / type.bytes()];
        for (int i = 0; i < out.length; i++) {
            out[i] = type.longAt(data, i);
        }
        return out;
    }
}
