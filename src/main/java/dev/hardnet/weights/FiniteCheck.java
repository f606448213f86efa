package dev.hardnet.weights;

import dev.hardnet.HarDNetException;

/** Refuses weights that would spoil every result. */
final class FiniteCheck {
    private FiniteCheck() {
    }

    static void check(float[] values, WeightSource source, String key) {
        check(values, values.length, 0, source, key);
    }

    /** Checks the first values of an array, which are those of the tensor from element {@code first} on. */
    static void check(float[] values, int count, int first, WeightSource source, String key) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new HarDNetException("%s: element %d made from %s is %s after folding, but it must be finite."
                        .formatted(source.origin(), first + i, key, values[i]));
            }
        }
    }
}
