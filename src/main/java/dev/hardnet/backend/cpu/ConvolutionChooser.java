package dev.hardnet.backend.cpu;

import dev.hardnet.Precision;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.ChoiceTable;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.Operator;
import dev.hardnet.io.CacheFolder;
import dev.hardnet.io.Release;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Picks the way of each convolution by measurement: as was remembered, else the fastest, which is then remembered for
 * this processor, tier, type of maps, number of threads and version of this library.
 */
final class ConvolutionChooser {
    /** Measurements beside each other would disturb each other, and what one remembers the next need not measure. */
    private static final ReentrantLock TURN = new ReentrantLock();

    private final Tier tier;
    private final BackendOptions options;
    private final String section;

    /** For plans whose maps are of a type. */
    ConvolutionChooser(Tier tier, BackendOptions options, ElementType maps) {
        this.tier = tier;
        this.options = options;
        section = "%s, %s%s, threads %d, hardnet %s".formatted(ProcessorModel.read(), tier,
                maps == ElementType.BFLOAT16 ? " " + Precision.BFLOAT16 : "", options.threads(), Release.version());
    }

    static Path file() {
        return CacheFolder.path().resolve("cpu-convolutions.json");
    }

    /** The kernels for a plan; convolutions that can be computed in one way only are left to them. */
    Kernels choose(Plan plan) {
        TURN.lock();
        try {
            Map<ConvolutionShape, ConvolutionWay> ways = ways(plan);
            return new Kernels(tier, operator -> operator instanceof Conv conv
                    ? ways.getOrDefault(ConvolutionShape.of(conv), ConvolutionWay.CHOSEN) : ConvolutionWay.CHOSEN);
        } finally {
            TURN.unlock();
        }
    }

    private Map<ConvolutionShape, ConvolutionWay> ways(Plan plan) {
        ChoiceTable table = ChoiceTable.read(file());
        Map<ConvolutionShape, ConvolutionWay> ways = new HashMap<>();
        Set<ConvolutionShape> missing = new HashSet<>();
        for (ConvolutionShape shape : shapes(plan)) {
            remembered(table, shape).ifPresentOrElse(way -> ways.put(shape, way), () -> missing.add(shape));
        }
        if (!missing.isEmpty()) {
            Map<ConvolutionShape, ConvolutionWay> fastest = fastest(plan);
            fastest.keySet().retainAll(missing);
            fastest.forEach((shape, way) -> table.put(section, shape.toString(), way.toString()));
            table.save();
            ways.putAll(fastest);
        }
        return ways;
    }

    private Optional<ConvolutionWay> remembered(ChoiceTable table, ConvolutionShape shape) {
        return table.find(section, shape.toString()).flatMap(ConvolutionWay::byName)
                .filter(way -> way != ConvolutionWay.CHOSEN);
    }

    /** The convolutions that can be computed in several ways. */
    private Set<ConvolutionShape> shapes(Plan plan) {
        Set<ConvolutionShape> shapes = new HashSet<>();
        try (Arena call = Arena.ofConfined()) {
            MemorySegment step = call.allocate(NativeStructs.STEP);
            for (Operator operator : plan.graph().operators()) {
                if (operator instanceof Conv conv && hasWays(conv, step)) {
                    shapes.add(ConvolutionShape.of(conv));
                }
            }
        }
        return shapes;
    }

    private boolean hasWays(Conv conv, MemorySegment step) {
        StepWriter.writeSizes(step, conv, ConvolutionWay.WINOGRAD_4X4);
        return ConvolutionWay.of(tier, step) == ConvolutionWay.WINOGRAD_4X4;
    }

    /** By shape, the way that took least time in all steps of that shape together. */
    private Map<ConvolutionShape, ConvolutionWay> fastest(Plan plan) {
        List<Map<ConvolutionWay, Long>> medians = new ConvolutionTimer(tier, options).medians(plan);
        Map<ConvolutionShape, Map<ConvolutionWay, Long>> sums = new HashMap<>();
        for (Step step : plan.steps()) {
            if (step.operator() instanceof Conv conv) {
                Map<ConvolutionWay, Long> sum = sums.computeIfAbsent(ConvolutionShape.of(conv),
                        _ -> new EnumMap<>(ConvolutionWay.class));
                medians.get(step.index()).forEach((way, time) -> sum.merge(way, time, Long::sum));
            }
        }
        Map<ConvolutionShape, ConvolutionWay> fastest = new HashMap<>();
        sums.forEach((shape, sum) -> fastest.put(shape, least(sum)));
        return fastest;
    }

    private static ConvolutionWay least(Map<ConvolutionWay, Long> times) {
        return times.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }
}
