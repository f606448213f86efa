package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Weighted;
import dev.hardnet.weights.FoldedWeights;
import dev.hardnet.weights.WeightStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/**
 * An operator's weights in native memory, ready to be packed.
 *
 * @param weight row-major, PyTorch's order of dimensions
 * @param bias   one value per output
 */
record NativeWeights(MemorySegment weight, MemorySegment bias) {
    /** Folds from the file to native memory; the Java heap sees a small part at a time. */
    static NativeWeights folded(Weighted operator, WeightStore store, Arena arena) {
        long elements = operator.weightShape().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        MemorySegment weight = arena.allocate(ValueLayout.JAVA_FLOAT, elements);
        float[] bias = store.fold(operator, (part, count, first) ->
                MemorySegment.copy(part, 0, weight, ValueLayout.JAVA_FLOAT, (long) first * Float.BYTES, count));
        return new NativeWeights(weight, arena.allocateFrom(ValueLayout.JAVA_FLOAT, bias));
    }

    static NativeWeights copied(FoldedWeights weights, SegmentAllocator allocator) {
        return new NativeWeights(allocator.allocateFrom(ValueLayout.JAVA_FLOAT, weights.weight()),
                allocator.allocateFrom(ValueLayout.JAVA_FLOAT, weights.bias()));
    }
}
