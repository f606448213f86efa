package dev.hardnet.vision;

import java.util.Locale;

/**
 * How much of a picture belongs to a class.
 *
 * @param label  its name
 * @param index  its place among the network's outputs, from 0
 * @param pixels how many of the map's pixels, at least 1
 * @param share  of the map's pixels, above 0 up to 1; over all classes they add up to 1
 */
public record ClassShare(String label, int index, int pixels, double share) {
    /** For example {@code road 38.2%}. */
    @Override
    public String toString() {
        return label + " " + percentage();
    }

    /**
     * The share for people: one digit behind the point, and never 0.0% of what is there.
     *
     * @return for example {@code 38.2%} or {@code <0.1%}
     */
    public String percentage() {
        return share < 0.0005 ? "<0.1%" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }
}
