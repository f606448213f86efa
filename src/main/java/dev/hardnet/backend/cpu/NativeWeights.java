package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Weighted;
import dev.hardnet.weights.FoldedWeights;
import dev.hardnet.weights.WeightStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * An operator's weights in native memory, ready to be packed.
 *
 * @param weight row-major, PyTorch's order of dimensions
 * @param bias   one value per output
 */
record NativeWeights(MemorySegment weight, MemorySegment bias) {
    /**
     * Folds from the file to native memory; the Java heap sees a small part at a time. The weights of several operators
     * stand one after the other.
     */
    static NativeWeights folded(List<? extends Weighted> operators, WeightStore store, Arena arena) {
        long elements = 0;
        long outputs = 0;
        for (Weighted each : operators) {
            elements += elements(each);
            outputs += each.weightShape().get(each.outputDimension());
        }
        MemorySegment weight = arena.allocate(ValueLayout.JAVA_FLOAT, elements);
        MemorySegment bias = arena.allocate(ValueLayout.JAVA_FLOAT, outputs);
        long weightAt = 0;
        long biasAt = 0;
        for (Weighted operator : operators) {
            float[] folded = fold(operator, store, weight.asSlice(weightAt));
            MemorySegment.copy(folded, 0, bias, ValueLayout.JAVA_FLOAT, biasAt, folded.length);
            weightAt += elements(operator) * Float.BYTES;
            biasAt += (long) folded.length * Float.BYTES;
        }
        return new NativeWeights(weight, bias);
    }

    private static float[] fold(Weighted operator, WeightStore store, MemorySegment weight) {
        return store.fold(operator, (part, count, first) ->
                MemorySegment.copy(part, 0, weight, ValueLayout.JAVA_FLOAT, (long) first * Float.BYTES, count));
    }

    private static long elements(Weighted operator) {
        long elements = 1;
        for (int size : operator.weightShape()) {
            elements = Math.multiplyExact(elements, (long) size);
        }
        return elements;
    }

    static NativeWeights copied(FoldedWeights weights, SegmentAllocator allocator) {
        return new NativeWeights(allocator.allocateFrom(ValueLayout.JAVA_FLOAT, weights.weight()),
                allocator.allocateFrom(ValueLayout.JAVA_FLOAT, weights.bias()));
    }
}
