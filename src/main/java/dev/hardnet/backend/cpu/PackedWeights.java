package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Add;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.SumToOne;
import dev.hardnet.graph.Weighted;
import dev.hardnet.weights.FoldedWeights;
import dev.hardnet.weights.WeightStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One model's weights in the form one tier's kernels read, packed by the first session and shared by all. */
final class PackedWeights implements AutoCloseable {
    private static final long ALIGNMENT = 64;

    /** Operators keep their names over input sizes, but another size may choose another kernel, packed differently. */
    private record Key(String operator, long bytes) {
    }

    private final Tier tier;
    private final Arena arena = Arena.ofShared();
    private final Map<Key, MemorySegment> packed = new ConcurrentHashMap<>();

    PackedWeights(Tier tier) {
        this.tier = tier;
    }

    static PackedWeights of(WeightStore store, Tier tier) {
        return store.packing(PackedWeights.class, "cpu " + tier, () -> new PackedWeights(tier));
    }

    /** The packed weights of an operator whose sizes are written in step; empty for one without weights. */
    Optional<MemorySegment> of(Operator operator, MemorySegment step, WeightStore store) {
        long bytes = NativeFunctions.packedBytes(tier.ordinal(), step);
        if (bytes == 0) {
            return Optional.empty();
        }
        return Optional.of(packed.computeIfAbsent(new Key(operator.name(), bytes),
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
            case Weighted weighted -> NativeWeights.folded(weighted, store, call);
            case BatchNormRelu norm -> NativeWeights.copied(scalings(norm, store), call);
            case L2Norm norm -> NativeWeights.copied(new FoldedWeights(store.weight(norm), new float[0]), call);
            case Add _, GlobalAveragePool _, Pool _, Resize _, ResizeArgMax _, SumToOne _ ->
                    throw new IllegalArgumentException(operator.name() + " has no weights.");
        };
    }

    /** The scales of all destinations, one after the other, and their shifts. */
    private static FoldedWeights scalings(BatchNormRelu norm, WeightStore store) {
        int channels = norm.input().shape().c();
        int count = norm.destinations().size();
        FoldedWeights all = new FoldedWeights(new float[count * channels], new float[count * channels]);
        for (int i = 0; i < count; i++) {
            FoldedWeights one = store.scaling(norm.destinations().get(i));
            System.arraycopy(one.weight(), 0, all.weight(), i * channels, channels);
            System.arraycopy(one.bias(), 0, all.bias(), i * channels, channels);
        }
        return all;
    }

    @Override
    public void close() {
        arena.close();
    }
}
