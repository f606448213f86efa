package dev.hardnet.weights;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reproducible numbers in place of trained weights: each element depends only on its tensor's key, its place and the
 * seed, so that any language can make the same network without a file.
 */
public final class SyntheticWeights implements WeightSource {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final float UNIT = 0x1p-24f;

    private final Map<String, ParameterSpec> specs = new LinkedHashMap<>();
    private final long seed;

    /**
     * Describes weights; they are made when they are read.
     *
     * @param specs the tensors
     * @param seed  chooses the numbers
     */
    public SyntheticWeights(List<ParameterSpec> specs, long seed) {
        specs.forEach(spec -> this.specs.putIfAbsent(spec.key(), spec));
        this.seed = seed;
    }

    /**
     * The input that golden outputs were made with.
     *
     * @param shape the sizes, N x C x H x W
     * @param seed  the weights' seed
     * @return its elements in row-major order
     */
    public static float[] input(List<Integer> shape, long seed) {
        Stream stream = new Stream("input", seed);
        return stream.fill(shape, u -> (u - 0.5f) * 4);
    }

    /**
     * The input that golden outputs were made with, as a tensor.
     *
     * @param shape the sizes, N x C x H x W
     * @param seed  the weights' seed
     * @return a new tensor
     */
    public static Tensor inputTensor(Shape shape, long seed) {
        float[] elements = input(List.of(shape.n(), shape.c(), shape.h(), shape.w()), seed);
        return Tensor.of(elements, shape.n(), shape.c(), shape.h(), shape.w());
    }

    @Override
    public String origin() {
        return "synthetic:" + seed;
    }

    @Override
    public Set<String> keys() {
        return Collections.unmodifiableSet(specs.keySet());
    }

    @Override
    public List<Integer> shape(String key) {
        return spec(key).shape();
    }

    @Override
    public float[] read(String key) {
        List<Integer> shape = spec(key).shape();
        return new Stream(key, seed).fill(shape, rule(key, shape));
    }

    @Override
    public void read(String key, int first, float[] to, int count) {
        new Stream(key, seed).fill(first, to, count, rule(key, spec(key).shape()));
    }

    /** Holds no file. */
    @Override
    public void close() {
        // Nothing is held.
    }

    private ParameterSpec spec(String key) {
        ParameterSpec spec = specs.get(key);
        if (spec == null) {
            throw new HarDNetException("%s holds no tensor %s; it holds %d others."
                    .formatted(origin(), Excerpt.of(key), specs.size()));
        }
        return spec;
    }

    private static Rule rule(String key, List<Integer> shape) {
        if (key.endsWith("num_batches_tracked")) {
            return u -> 0;
        }
        if (key.endsWith(".running_var") || key.endsWith(".weight") && shape.size() == 1) {
            return u -> 0.5f + u;
        }
        if (shape.size() < 2) {
            return u -> (u - 0.5f) * 0.2f;
        }
        double fanIn = (double) StridedLayout.elements(shape) / shape.getFirst();
        float scale = (float) Math.sqrt(6 / fanIn);
        return u -> (u * 2 - 1) * scale;
    }

    /** From a uniform number to a tensor's element. */
    private interface Rule {
        /**
         * Maps a number.
         *
         * @param u uniform in [0, 1)
         * @return the element
         */
        float apply(float u);
    }

    /** The uniform numbers of one tensor: SplitMix64, started from the key and the seed. */
    private record Stream(long base) {
        Stream(String key, long seed) {
            this(fnv1a64(key) ^ seed * GOLDEN_GAMMA);
        }

        float[] fill(List<Integer> shape, Rule rule) {
            float[] out = new float[Math.toIntExact(StridedLayout.elements(shape))];
            fill(0, out, out.length, rule);
            return out;
        }

        void fill(int first, float[] to, int count, Rule rule) {
            for (int i = 0; i < count; i++) {
                to[i] = rule.apply(uniform(first + i));
            }
        }

        private float uniform(int i) {
            long z = base + (i + 1L) * GOLDEN_GAMMA;
            z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
            z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            return (z >>> 40) * UNIT;
        }

        private static long fnv1a64(String key) {
            long hash = FNV_OFFSET;
            for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ Byte.toUnsignedLong(b)) * FNV_PRIME;
            }
            return hash;
        }
    }
}
