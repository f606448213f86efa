package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Add;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.SumToOne;
import dev.hardnet.graph.Weighted;
import dev.hardnet.plan.Plan;
import dev.hardnet.weights.FoldedWeights;
import dev.hardnet.weights.WeightStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One model's weights in the form one tier's kernels read for maps of one type, packed by the first session and shared
 * by all.
 */
final class PackedWeights implements AutoCloseable {
    private static final long ALIGNMENT = 64;

    private record Sized(Operator operator, long elements) implements Comparable<Sized> {
        static Sized of(Operator operator) {
            long elements = 0;
            for (ParameterSpec spec : operator.parameters()) {
                elements += spec.elements();
            }
            return new Sized(operator, elements);
        }

        @Override
        public int compareTo(Sized other) {
            return Long.compare(other.elements, elements);
        }
    }

    private final Tier tier;
    private final Arena arena = Arena.ofShared();
    private final Map<String, MemorySegment> packed = new ConcurrentHashMap<>();

    PackedWeights(Tier tier) {
        this.tier = tier;
    }

    /** Those for maps of a type. */
    static PackedWeights of(WeightStore store, Tier tier, ElementType maps) {
        return store.packing(PackedWeights.class, "cpu " + tier + ' ' + maps, () -> new PackedWeights(tier));
    }

    /**
     * Packs all weights of a plan, the largest first: what is read for those is gone before the others stand beside it.
     */
    void packAll(Plan plan, Kernels kernels, WeightStore store) {
        List<Sized> operators = new ArrayList<>();
        for (Operator operator : plan.graph().operators()) {
            operators.add(Sized.of(operator));
        }
        Collections.sort(operators);
        for (Sized each : operators) {
            try (Arena call = Arena.ofConfined()) {
                MemorySegment step = call.allocate(NativeStructs.STEP);
                StepWriter.writeSizes(step, each.operator(), kernels.ways().apply(each.operator()));
                of(each.operator(), step, store);
            }
        }
    }

    /** The packed weights of an operator whose sizes are written in step; empty for one without weights. */
    Optional<MemorySegment> of(Operator operator, MemorySegment step, WeightStore store) {
        long bytes = NativeFunctions.packedBytes(tier.ordinal(), step);
        if (bytes == 0) {
            return Optional.empty();
        }
        // Operators keep their names over input sizes, but another size may choose another kernel, packed differently.
        return Optional.of(packed.computeIfAbsent(operator.name() + ' ' + bytes,
                _ -> pack(operator, store, step, bytes)));
    }

    private MemorySegment pack(Operator operator, WeightStore store, MemorySegment step, long bytes) {
        MemorySegment target = arena.allocate(bytes, ALIGNMENT);
        try (Arena call = Arena.ofConfined()) {
            NativeWeights weights = fold(operator, store, call);
            NativeFunctions.packWeights(tier.ordinal(), step, weights.weight(), weights.bias(), target);
            return target;
        }
    }

    private static NativeWeights fold(Operator operator, WeightStore store, Arena call) {
        return switch (operator) {
            case Weighted weighted -> NativeWeights.folded(List.of(weighted), store, call);
            case ConvDepthwise both -> NativeWeights.folded(List.of(both.pointwise(), both.depthwise()), store, call);
            case BatchNormRelu norm -> NativeWeights.copied(scalings(norm, store), call);
            case L2Norm norm -> NativeWeights.copied(new FoldedWeights(store.weight(norm), new float[0]), call);
            case Add _, GlobalAveragePool _, Pool _, Resize _, ResizeArgMax _, SumToOne _ ->
                    throw new IllegalArgumentException(operator.name() + " has no weights.");
        };
    }

    /** The scales of all destinations, one after the other, and their shifts. */
    private static FoldedWeights scalings(BatchNormRelu norm, WeightStore store) {
        return joined(norm.destinations().stream().map(store::scaling).toList());
    }

    private static FoldedWeights joined(List<FoldedWeights> parts) {
        return new FoldedWeights(joined(parts, FoldedWeights::weight), joined(parts, FoldedWeights::bias));
    }

    private static float[] joined(List<FoldedWeights> parts, Function<FoldedWeights, float[]> values) {
        float[] all = new float[parts.stream().mapToInt(part -> values.apply(part).length).sum()];
        int end = 0;
        for (FoldedWeights part : parts) {
            float[] each = values.apply(part);
            System.arraycopy(each, 0, all, end, each.length);
            end += each.length;
        }
        return all;
    }

    @Override
    public void close() {
        arena.close();
    }
}
