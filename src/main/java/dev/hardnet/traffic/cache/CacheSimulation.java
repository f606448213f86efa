package dev.hardnet.traffic.cache;

import dev.hardnet.backend.cpu.CacheSimulator;
import dev.hardnet.backend.cpu.CacheSize;
import dev.hardnet.backend.cpu.CacheTraffic;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Runs a plan twice, as the native kernels would on one thread, through a first and a last level of cache. */
public final class CacheSimulation {
    private static final int FIRST_LEVEL_BYTES = 32 * 1024;
    private static final int FIRST_LEVEL_WAYS = 8;
    private static final int RUNS = 2;

    private CacheSimulation() {
    }

    /**
     * The first level that is simulated in front of a last one: 32 KiB, 8 ways.
     *
     * @param lastLevel the cache next to memory
     * @return a cache with the same lines
     */
    public static CacheSize firstLevelOf(CacheSize lastLevel) {
        int line = lastLevel.lineBytes();
        return new CacheSize(Math.max(FIRST_LEVEL_BYTES, line * FIRST_LEVEL_WAYS), line, FIRST_LEVEL_WAYS);
    }

    /**
     * Simulates.
     *
     * @param plan      a plan of maps one by one, as the cpu backend makes it
     * @param lastLevel the cache next to memory
     * @param progress  takes the part that is done, from 0 to 1
     * @return what each step reads and writes
     * @throws dev.hardnet.HarDNetException when an operator or the cache is refused
     */
    public static CacheReport run(Plan plan, CacheSize lastLevel, DoubleConsumer progress) {
        CacheSize firstLevel = firstLevelOf(lastLevel);
        try (CacheSimulator simulator = CacheSimulator.open(plan, firstLevel, lastLevel)) {
            List<CacheTraffic> first = run(plan, simulator, part -> progress.accept(part / RUNS));
            List<CacheTraffic> steady = run(plan, simulator, part -> progress.accept((1 + part) / RUNS));
            List<StepTraffic> steps = plan.steps().stream()
                    .map(step -> new StepTraffic(step, first.get(step.index()), steady.get(step.index()))).toList();
            return new CacheReport(firstLevel, lastLevel, steps);
        }
    }

    private static List<CacheTraffic> run(Plan plan, CacheSimulator simulator, DoubleConsumer progress) {
        List<CacheTraffic> traffic = new ArrayList<>();
        for (Step step : plan.steps()) {
            traffic.add(simulator.run(step));
            progress.accept((double) traffic.size() / plan.steps().size());
        }
        return traffic;
    }
}
