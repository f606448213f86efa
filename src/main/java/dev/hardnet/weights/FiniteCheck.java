package dev.hardnet.weights;

import dev.hardnet.HarDNetException;

/** Refuses weights that would spoil every result. */
final class FiniteCheck {
    private FiniteCheck() {
    }

    static void check(float[] values, WeightSource source, String key) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new HarDNetException("%s: element %d made from %s is %s after folding, but it must be finite."
                        .formatted(source.origin(), i, key, values[i]));
            }
        }
    }
}
