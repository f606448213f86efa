package dev.hardnet.vision;

import java.util.Locale;

/**
 * One class that a picture may belong to.
 *
 * @param label       its name
 * @param index       its place among the network's outputs, from 0
 * @param probability how sure the network is, 0..1; over all classes they add up to 1
 */
public record Classification(String label, int index, double probability) {
    /** For example {@code golden retriever 83.1%}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.1f%%", label, 100 * probability);
    }
}
