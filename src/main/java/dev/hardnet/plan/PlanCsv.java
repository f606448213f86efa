package dev.hardnet.plan;

/**
 * Writes a plan in MiniMalloc's format: a line for every map (or strip of them) and workspace, with the
 * steps it lives and its offset.
 */
public final class PlanCsv {
    private PlanCsv() {
    }

    /**
     * Writes the arena.
     *
     * @param plan the plan
     * @return {@code id,lower,upper,size,offset} and a line for each map or strip and each workspace: live in the steps
     *         [lower, upper), size and offset in bytes; each line ended by a line feed
     */
    public static String write(Plan plan) {
        return PlannerCsv.write(plan.layout());
    }
}
