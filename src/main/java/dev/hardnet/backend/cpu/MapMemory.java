package dev.hardnet.backend.cpu;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.plan.Plan;
import java.lang.foreign.MemorySegment;

/**
 * The arena in native memory, at the offsets of the plan. Maps are channels last: element (n, y, x, c) in that order.
 *
 * @param plan   says where each map lies
 * @param memory the arena
 */
record MapMemory(Plan plan, MemorySegment memory) {
    MemorySegment of(FeatureMap map) {
        return memory.asSlice(plan.offset(map), map.bytes());
    }
}
