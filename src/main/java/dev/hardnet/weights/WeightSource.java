package dev.hardnet.weights;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Named tensors of a trained (or synthetic) network: what checkpoints and generators have in common. Thread-safe. */
public interface WeightSource extends AutoCloseable {
    /**
     * Where the tensors come from, for messages: a file name, or {@code synthetic:1}.
     *
     * @return a short description
     */
    String origin();

    /**
     * The names of the tensors, normalised: wrappers and {@code module.} prefixes are gone.
     *
     * @return state_dict keys in the order of the source
     */
    Set<String> keys();

    /**
     * The sizes of a tensor.
     *
     * @param key one of {@link #keys()}
     * @return PyTorch's order; empty for a scalar
     */
    List<Integer> shape(String key);

    /**
     * Reads a tensor, converted to float32 and made contiguous.
     *
     * @param key one of {@link #keys()}
     * @return its elements in row-major order, a new array
     * @throws dev.hardnet.HarDNetException when it cannot be read
     */
    float[] read(String key);

    /**
     * Reads neighbouring elements of a tensor, converted to float32. A source in a mapped file lets go of the memory
     * that the tensor fills, so a tensor is best read from its first element to its last.
     *
     * @param key   one of {@link #keys()}
     * @param first the first element's place in row-major order
     * @param to    is filled from its start
     * @param count how many elements, up to the last of the tensor
     * @throws dev.hardnet.HarDNetException when they cannot be read
     */
    default void read(String key, int first, float[] to, int count) {
        System.arraycopy(read(key), first, to, 0, count);
    }

    /**
     * The type a tensor is stored in.
     *
     * @param key one of {@link #keys()}
     * @return its elements' type; float32 for a source that has no stored form
     */
    default DataType type(String key) {
        return DataType.F32;
    }

    /**
     * Reads a tensor as it is stored, made contiguous.
     *
     * @param key one of {@link #keys()}
     * @return its type, sizes and bytes
     * @throws dev.hardnet.HarDNetException when it cannot be read
     */
    default RawTensor raw(String key) {
        return RawTensor.ofFloats(key, shape(key), read(key));
    }

    /**
     * What the source says of itself: a safetensors file's {@code __metadata__}.
     *
     * @return text by name, empty where there is none
     */
    default Map<String, String> metadata() {
        return Map.of();
    }

    /** Lets go of the file. */
    @Override
    void close();
}
