package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.plan.Plan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The arena in native memory, at the offsets of the plan. Maps are channels last: element (n, y, x, c) in that order.
 *
 * @param plan   says where each map lies
 * @param memory the arena
 */
record MapMemory(Plan plan, MemorySegment memory) {
    private static final long ALIGNMENT = 64;

    /** A plan's arena, of zeros, until the other arena is closed. */
    static MapMemory allocate(Plan plan, Arena arena) {
        try {
            return new MapMemory(plan, arena.allocate(plan.arenaBytes(), ALIGNMENT));
        } catch (OutOfMemoryError shortage) {
            throw new HarDNetException("The arena of %d bytes could not be allocated.".formatted(plan.arenaBytes()),
                    shortage);
        }
    }

    MemorySegment of(FeatureMap map) {
        return memory.asSlice(plan.offset(map), map.bytes());
    }
}
