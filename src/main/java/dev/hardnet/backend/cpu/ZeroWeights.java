package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Operator;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Zeros in place of weights, for measurements: times do not depend on values. Operators take one part of a memory after
 * the other, and the first part again where it ends.
 */
final class ZeroWeights implements CpuProgram.Weights {
    private final Tier tier;
    private final MemorySegment memory;
    private long next;

    /** The memory holds what any one operator needs. */
    ZeroWeights(Tier tier, MemorySegment memory) {
        this.tier = tier;
        this.memory = memory;
    }

    @Override
    public Optional<MemorySegment> of(Operator operator, MemorySegment step) {
        long bytes = NativeFunctions.packedBytes(tier.ordinal(), step);
        if (bytes == 0) {
            return Optional.empty();
        }
        long start = next + bytes > memory.byteSize() ? 0 : next;
        next = start + bytes;
        return Optional.of(memory.asSlice(start, bytes));
    }
}
