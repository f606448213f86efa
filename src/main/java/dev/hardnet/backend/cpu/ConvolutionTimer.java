package dev.hardnet.backend.cpu;

import dev.hardnet.backend.BackendOptions;
import dev.hardnet.graph.Operator;
import dev.hardnet.plan.Plan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * Measures each step of a plan in every way of convolution, on memory of its own. Whole runs take turns, so that maps
 * and weights are in the caches, or not, as they are when a session runs.
 */
final class ConvolutionTimer {
    private static final List<ConvolutionWay> WAYS =
            List.of(ConvolutionWay.DIRECT, ConvolutionWay.WINOGRAD_2X2, ConvolutionWay.WINOGRAD_4X4);
    private static final int WARM_UP = 1;
    private static final int ROUNDS = 7;
    private static final long WEIGHT_ALIGNMENT = 64;
    /** More than caches keep; the weights of larger networks share it. */
    private static final long MOST_WEIGHT_BYTES = 128L << 20;

    private final Tier tier;
    private final BackendOptions options;

    ConvolutionTimer(Tier tier, BackendOptions options) {
        this.tier = tier;
        this.options = options;
    }

    /**
     * The median time of each step.
     *
     * @param plan what runs
     * @return for each step, nanoseconds by each of the ways it can take; none when it is no convolution
     */
    List<Map<ConvolutionWay, Long>> medians(Plan plan) {
        List<CpuProgram> programs = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            try {
                MapMemory maps = MapMemory.allocate(plan, arena);
                MemorySegment weights = arena.allocate(weightBytes(plan), WEIGHT_ALIGNMENT);
                for (ConvolutionWay way : WAYS) {
                    programs.add(new CpuProgram(maps, Kernels.all(tier, way), new ZeroWeights(tier, weights),
                            options.threads(), arena));
                }
                return medians(programs, measure(programs));
            } finally {
                programs.forEach(CpuProgram::close);
            }
        }
    }

    private long weightBytes(Plan plan) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment step = call.allocate(NativeStructs.STEP);
            LongSummaryStatistics bytes = plan.graph().operators().stream()
                    .mapToLong(operator -> mostPackedBytes(operator, step)).summaryStatistics();
            return Math.max(Math.min(bytes.getSum(), MOST_WEIGHT_BYTES), bytes.getMax());
        }
    }

    /** F(4x4) packs most. */
    private long mostPackedBytes(Operator operator, MemorySegment step) {
        StepWriter.writeSizes(step, operator, ConvolutionWay.WINOGRAD_4X4);
        return NativeFunctions.packedBytes(tier.ordinal(), step);
    }

    /** Nanoseconds by program, round and step. */
    private long[][][] measure(List<CpuProgram> programs) {
        long[][][] times = new long[programs.size()][ROUNDS][];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < programs.size(); i++) {
                times[i][Math.max(round, 0)] = programs.get(i).profile();
                double done = (round + WARM_UP) * programs.size() + i + 1;
                options.progress().accept(done / ((WARM_UP + ROUNDS) * programs.size()));
            }
        }
        return times;
    }

    private static List<Map<ConvolutionWay, Long>> medians(List<CpuProgram> programs, long[][][] times) {
        List<Map<ConvolutionWay, Long>> medians = new ArrayList<>();
        for (int step = 0; step < programs.getFirst().ways().size(); step++) {
            Map<ConvolutionWay, Long> byWay = new EnumMap<>(ConvolutionWay.class);
            for (int i = 0; i < programs.size(); i++) {
                // A program computes directly what its way does not.
                if (programs.get(i).ways().get(step) == WAYS.get(i)) {
                    byWay.put(WAYS.get(i), median(times[i], step));
                }
            }
            medians.add(byWay);
        }
        return medians;
    }

    private static long median(long[][] rounds, int step) {
        long[] sorted = Arrays.stream(rounds).mapToLong(times -> times[step]).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
