package dev.hardnet.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A few tensors in memory. */
public final class MapSource implements WeightSource {
    private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    private final Map<String, float[]> values = new LinkedHashMap<>();

    /** Adds a tensor. */
    public MapSource with(String key, List<Integer> shape, float... elements) {
        shapes.put(key, shape);
        values.put(key, elements);
        return this;
    }

    @Override
    public String origin() {
        return "map";
    }

    @Override
    public Set<String> keys() {
        return shapes.keySet();
    }

    @Override
    public List<Integer> shape(String key) {
        return shapes.get(key);
    }

    @Override
    public float[] read(String key) {
        return values.get(key).clone();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
