package dev.hardnet.plan;

import dev.hardnet.HarDNetException;

/**
 * How hard {@link ArenaPlanner} looks for a smaller arena. The effort is counted in steps, never in time, so that every
 * machine finds the same plan.
 *
 * @param seed             where the pseudo-random perturbations begin
 * @param improvementSteps how many placements the search may try after the greedy orders; 0 for greedy orders alone
 */
public record PlannerOptions(long seed, int improvementSteps) {
    /** Enough for a peak within 5% of the bound on most hard problems of a few hundred records, in seconds. */
    public static final PlannerOptions DEFAULT = new PlannerOptions(1, 600_000);

    /**
     * Checks the options.
     *
     * @throws HarDNetException when the number of steps is negative
     */
    public PlannerOptions {
        if (improvementSteps < 0) {
            throw new HarDNetException("The planner was given %d improvement steps; it needs 0 or more."
                    .formatted(improvementSteps));
        }
    }
}
