package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a place in one arena for every usage record so that no two that are live at one step share a byte and the
 * arena is small. A pure function: the same records and options give the same layout on every machine.
 *
 * <ol>
 * <li><b>Bound.</b> At each step the live records must fit side by side: the largest sum of live bytes is what no
 *     layout can go below. A record takes its bytes rounded up to its alignment.</li>
 * <li><b>Greedy.</b> Place the records one after the other, each into the smallest gap that fits between those already
 *     placed that are live with it, or else on top; once for each {@link GreedyOrder}. The lowest peak wins. HarDNets
 *     meet the bound here, and the planner stops at once.</li>
 * <li><b>Improvement.</b> Ask for a capacity 30% nearer to the bound and look for a layout within it, by a depth-first
 *     search that fills the arena from below and gives a branch up as soon as the bytes left in some section of time
 *     cannot fit ({@code SkylineSearch}). An attempt that does not succeed soon is abandoned for one with another
 *     order of preference: noise, and a pull towards the sections where attempts failed. A success lowers the capacity
 *     further, until the bound is met or the number of steps is spent ({@code ArenaImprover}).</li>
 * </ol>
 * The search for layouts in the order of their offsets follows an idea of MiniMalloc (Moffitt, ASPLOS 2023).
 */
public final class ArenaPlanner {
    private ArenaPlanner() {
    }

    /**
     * Plans with the default options.
     *
     * @param records what must be placed, possibly nothing
     * @return a layout
     * @throws HarDNetException when all records together need 2^63 bytes or more
     */
    public static ArenaLayout plan(List<UsageRecord> records) {
        return plan(records, PlannerOptions.DEFAULT);
    }

    /**
     * Plans.
     *
     * @param records what must be placed, possibly nothing
     * @param options how hard to try
     * @return a layout whose peak is at most that of the best greedy order
     * @throws HarDNetException when all records together need 2^63 bytes or more
     */
    public static ArenaLayout plan(List<UsageRecord> records, PlannerOptions options) {
        PlacementProblem problem = problem(records);
        long[] best = null;
        for (GreedyOrder order : GreedyOrder.values()) {
            long[] offsets = GreedyPlacement.place(problem, order);
            if (best == null || problem.peak(offsets) < problem.peak(best)) {
                best = offsets;
            }
        }
        return layout(records, problem, ArenaImprover.improve(problem, best, options));
    }

    /**
     * Places the records in one order, without improvement.
     *
     * @param records what must be placed, possibly nothing
     * @param order   which come first
     * @return a layout
     * @throws HarDNetException when all records together need 2^63 bytes or more
     */
    public static ArenaLayout greedy(List<UsageRecord> records, GreedyOrder order) {
        PlacementProblem problem = problem(records);
        return layout(records, problem, GreedyPlacement.place(problem, order));
    }

    private static PlacementProblem problem(List<UsageRecord> records) {
        try {
            return new PlacementProblem(records);
        } catch (ArithmeticException e) {
            throw new HarDNetException("The records need 2^63 bytes or more in all, which no arena has.", e);
        }
    }

    private static ArenaLayout layout(List<UsageRecord> records, PlacementProblem problem, long[] offsets) {
        List<Long> places = new ArrayList<>(offsets.length);
        for (long offset : offsets) {
            places.add(offset);
        }
        return new ArenaLayout(records, places, problem.peak(offsets), problem.lowerBound);
    }
}
