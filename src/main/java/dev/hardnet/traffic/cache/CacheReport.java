package dev.hardnet.traffic.cache;

import dev.hardnet.backend.cpu.CacheSize;
import dev.hardnet.backend.cpu.CacheTraffic;
import java.util.List;
import java.util.function.Function;

/**
 * Predicted traffic between caches and memory.
 *
 * @param firstLevel the cache next to the processor
 * @param lastLevel  the cache next to memory
 * @param steps      the steps in the order in which they run, at least one
 */
public record CacheReport(CacheSize firstLevel, CacheSize lastLevel, List<StepTraffic> steps) {
    /** Makes the list immutable. */
    public CacheReport {
        steps = List.copyOf(steps);
    }

    /**
     * All steps in the run that finds the caches empty.
     *
     * @return the sum
     */
    public CacheTraffic first() {
        return sum(StepTraffic::first);
    }

    /**
     * All steps in a run after another.
     *
     * @return the sum
     */
    public CacheTraffic steady() {
        return sum(StepTraffic::steady);
    }

    private CacheTraffic sum(Function<StepTraffic, CacheTraffic> run) {
        return steps.stream().map(run).reduce(CacheTraffic::plus).orElseThrow();
    }
}
