package dev.hardnet.weights;

import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Weighted;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A model's weights as the backends take them: folded on request, and packed once per backend however many sessions
 * share the model. It lives until the model and every session on it have let go. Thread-safe.
 */
public final class WeightStore {
    private final WeightSource source;
    private final Map<String, AutoCloseable> packings = new ConcurrentHashMap<>();
    private int holders = 1;

    /**
     * Takes over a source, with one holder: the caller.
     *
     * @param source where the tensors come from; closed with the last holder
     */
    public WeightStore(WeightSource source) {
        this.source = source;
    }

    /** Adds a holder. */
    public synchronized void retain() {
        if (holders == 0) {
            throw new IllegalStateException("The weights of " + source.origin() + " are closed.");
        }
        holders++;
    }

    /** Lets one holder go; the last one frees packings and source. */
    public synchronized void release() {
        holders--;
        if (holders > 0) {
            return;
        }
        packings.values().forEach(WeightStore::free);
        packings.clear();
        source.close();
    }

    /**
     * The tensors as they came.
     *
     * @return the source; the store closes it
     */
    public WeightSource source() {
        return source;
    }

    /**
     * An operator's weights with its batch norm folded in.
     *
     * @param operator which weights
     * @return new arrays
     */
    public FoldedWeights folded(Weighted operator) {
        return BatchNormFolding.fold(source, operator);
    }

    /**
     * An operator's weights with its batch norm folded in, a small part at a time.
     *
     * @param operator which weights
     * @param weight   takes the weight
     * @return the bias, a new array
     */
    public float[] fold(Weighted operator, WeightSink weight) {
        return BatchNormFolding.fold(source, operator, weight);
    }

    /**
     * A batch norm that stays an operator, as one multiplication and one addition per channel of the map.
     *
     * @param destination which norm, and which of its channels
     * @return new arrays: scales as weight, shifts as bias
     */
    public FoldedWeights scaling(BatchNormRelu.Destination destination) {
        return NormScaling.of(source, destination);
    }

    /**
     * The weight of an L2 norm.
     *
     * @param operator which weight
     * @return a new array, one value per channel
     */
    public float[] weight(L2Norm operator) {
        operator.parameters().forEach(spec -> StateDictCheck.requireShape(source, spec));
        float[] weight = source.read(operator.weight());
        FiniteCheck.check(weight, source, operator.weight());
        return weight;
    }

    /**
     * A backend's packed weights: made by the first session that asks, shared by the later ones.
     *
     * @param <T>     the packing's type
     * @param type    the packing's type
     * @param backend what it is packed for, for example {@code cpu avx2}
     * @param make    makes an empty packing
     * @return the shared packing; the store closes it
     */
    public <T extends AutoCloseable> T packing(Class<T> type, String backend, Supplier<T> make) {
        return type.cast(packings.computeIfAbsent(backend, key -> make.get()));
    }

    private static void free(AutoCloseable packing) {
        try {
            packing.close();
        } catch (Exception failure) {
            throw new IllegalStateException("Packed weights could not be freed.", failure);
        }
    }
}
