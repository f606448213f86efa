package dev.hardnet.traffic;

import java.util.Arrays;

/** Spearman's rank correlation: whether one figure orders things as another does, whatever the scales. */
final class RankCorrelation {
    private RankCorrelation() {
    }

    /**
     * Compares the orders of two figures of the same things.
     *
     * @param one   a figure of each thing
     * @param other another figure of each, as many
     * @return Pearson's correlation of the ranks, from -1 (opposite orders) to 1 (the same); equal figures share their
     *         mean rank; NaN for fewer than two things, and where a figure is the same for all
     */
    static double of(double[] one, double[] other) {
        double[] ranks = ranks(one);
        double[] otherRanks = ranks(other);
        double mean = (ranks.length + 1) / 2.0;
        double products = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < ranks.length; i++) {
            products += (ranks[i] - mean) * (otherRanks[i] - mean);
            squares += (ranks[i] - mean) * (ranks[i] - mean);
            otherSquares += (otherRanks[i] - mean) * (otherRanks[i] - mean);
        }
        return products / Math.sqrt(squares * otherSquares);
    }

    private static double[] ranks(double[] values) {
        return Arrays.stream(values).map(value -> {
            long below = Arrays.stream(values).filter(other -> other < value).count();
            long equal = Arrays.stream(values).filter(other -> other == value).count();
            return below + (equal + 1) / 2.0;
        }).toArray();
    }
}
