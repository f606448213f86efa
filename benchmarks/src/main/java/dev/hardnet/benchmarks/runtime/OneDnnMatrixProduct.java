package dev.hardnet.benchmarks.runtime;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** A large product of matrices by oneDNN: close to the most multiply-adds that the processor does. */
public final class OneDnnMatrixProduct {
    private static final int SIZE = 2048;
    private static final int PASSES = 12;

    private OneDnnMatrixProduct() {
    }

    /** Multiply-adds of float32 in a nanosecond, of the fastest pass, on the threads of OpenMP. */
    public static double gigaMacsPerSecond() {
        memory.desc plain = OneDnn.describe(memory.format_tag.ab, SIZE, SIZE);
        matmul.primitive_desc description = new matmul.primitive_desc(OneDnn.ENGINE, plain,
                OneDnn.describe(memory.format_tag.any, SIZE, SIZE), plain);
        memory.desc packed = description.weights_desc();
        try (Pointer left = OneDnn.zeros(plain.get_size()); Pointer right = OneDnn.zeros(packed.get_size());
                Pointer product = OneDnn.zeros(plain.get_size())) {
            long fastest = fastestPass(new matmul(description), OneDnn.arguments(Map.of(
                    DNNL_ARG_SRC, new memory(plain, OneDnn.ENGINE, left),
                    DNNL_ARG_WEIGHTS, new memory(packed, OneDnn.ENGINE, right),
                    DNNL_ARG_DST, new memory(plain, OneDnn.ENGINE, product))));
            return (double) SIZE * SIZE * SIZE / fastest;
        }
    }

    private static long fastestPass(matmul product, IntMemoryMap arguments) {
        long fastest = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            long start = System.nanoTime();
            OneDnn.execute(product, arguments);
            OneDnn.await();
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest;
    }
}
