package dev.hardnet.plan;

/**
 * The orders in which {@link ArenaPlanner#greedy} places records, each into the smallest gap that fits. A life is
 * counted in the steps at which some record begins; of equals the larger comes first.
 */
public enum GreedyOrder {
    /** Largest first. */
    SIZE,
    /** The records live at the step with the most live bytes first, largest first among them; then the next step. */
    BREADTH,
    /** Longest life first. */
    DURATION,
    /** Largest product of size and life first. */
    AREA
}
