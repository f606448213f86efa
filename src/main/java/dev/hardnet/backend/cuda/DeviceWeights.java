package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.weights.WeightStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One model's weights in a GPU's memory, written by the first session that needs them and shared by all. */
final class DeviceWeights implements AutoCloseable {
    private static final float LARGEST_HALF = 65504;

    private final CudaContext context;
    private final Map<String, DeviceMemory> arrays = new ConcurrentHashMap<>();

    private DeviceWeights(int device) {
        context = CudaContext.retain(device);
    }

    static DeviceWeights of(WeightStore store, int device) {
        return store.packing(DeviceWeights.class, "cuda " + device, () -> new DeviceWeights(device));
    }

    /**
     * The address of float32 values.
     *
     * @param name   what they are: the operator and the form they are in
     * @param values gives them when they are not there yet
     */
    long floats(String name, Supplier<float[]> values) {
        return arrays.computeIfAbsent(name, _ -> DeviceMemory.copyOf(floats(values.get()), name)).address();
    }

    /** The address of values rounded to float16. */
    long halves(String name, Supplier<float[]> values) {
        return arrays.computeIfAbsent("half " + name, _ -> DeviceMemory.copyOf(halves(values.get(), name), name))
                .address();
    }

    /** What they take of the GPU's memory. */
    long bytes() {
        return arrays.values().stream().mapToLong(DeviceMemory::bytes).sum();
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer buffer = buffer(values.length, Float.BYTES);
        buffer.asFloatBuffer().put(values);
        return buffer;
    }

    private static ByteBuffer halves(float[] values, String name) {
        ByteBuffer buffer = buffer(values.length, Short.BYTES);
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > LARGEST_HALF) {
                throw new HarDNetException("Element %d of the %s is %s, which float16 cannot hold; expected at most %s."
                        .formatted(i, name, values[i], LARGEST_HALF));
            }
            buffer.putShort(i * Short.BYTES, Float.floatToFloat16(values[i]));
        }
        return buffer;
    }

    private static ByteBuffer buffer(int count, int elementBytes) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, elementBytes)).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        context.tryToMakeCurrent();
        arrays.values().forEach(DeviceMemory::close);
        arrays.clear();
        context.close();
    }
}
