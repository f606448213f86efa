package dev.hardnet.traffic.cache;

import dev.hardnet.backend.cpu.CacheTraffic;
import dev.hardnet.plan.Step;

/**
 * What a step does to the caches.
 *
 * @param step   the step
 * @param first  in the first run, which finds the caches empty
 * @param steady in the second run, which finds what the first has left
 */
public record StepTraffic(Step step, CacheTraffic first, CacheTraffic steady) {
}
