package dev.hardnet.plan;

import java.util.Random;

/**
 * Lowers a layout's peak by repeated {@link SkylineSearch} attempts for a smaller capacity. Each attempt is short and
 * has an order of its own: records of large area, or of long life, first; those live where earlier attempts failed are
 * preferred, and a little noise makes no two attempts the same. After a failure the noise changes only for records
 * that are live where the attempt got stuck: elsewhere the order has proved itself. After many failures everything is
 * drawn anew.
 */
final class ArenaImprover {
    /** Of the distance between peak and bound, the part that the next capacity keeps. */
    private static final double KEPT_GAP = 0.7;
    private static final int FAILURES_PER_START = 50;
    private static final double SHARE_REDRAWN = 0.5;
    private static final double NOISE = 0.3;
    private static final double PULL_OF_CONFLICTS = 0.3;
    /** Dead ends allowed in one attempt: more are better spent on another order. */
    private static final int NODES_BEYOND_RECORDS = 1000;
    /** Up to this many records a node counts as one step; looking at more takes longer in proportion. */
    private static final int RECORDS_PER_STEP = 512;

    private final PlacementProblem problem;
    private final SkylineSearch search;
    private final Random random;
    private final double[][] bases;
    private final double[] noise;
    private long[] best;
    private long peak;

    private ArenaImprover(PlacementProblem problem, long[] offsets, long seed) {
        this.problem = problem;
        search = new SkylineSearch(problem);
        random = new Random(seed);
        noise = new double[problem.count];
        bases = new double[2][problem.count];
        for (int record = 0; record < problem.count; record++) {
            bases[0][record] = StrictMath.log(problem.duration(record));
            bases[1][record] = StrictMath.log(problem.area(record));
        }
        best = offsets;
        peak = problem.peak(offsets);
    }

    static long[] improve(PlacementProblem problem, long[] offsets, PlannerOptions options) {
        if (problem.peak(offsets) == problem.lowerBound) {
            return offsets;
        }
        ArenaImprover improver = new ArenaImprover(problem, offsets, options.seed());
        improver.run(options.improvementSteps());
        return improver.best;
    }

    private void run(int steps) {
        double cost = Math.max(1, (double) problem.count / RECORDS_PER_STEP);
        double nodesLeft = steps / cost;
        int failures = FAILURES_PER_START;
        int starts = 0;
        while (nodesLeft >= 1 && peak > problem.lowerBound) {
            if (failures >= FAILURES_PER_START) {
                failures = 0;
                starts++;
                drawNoise(0, problem.sections, 1);
            }
            long capacity = problem.lowerBound + (long) ((peak - problem.lowerBound) * KEPT_GAP);
            int maxNodes = (int) Math.min(nodesLeft, problem.count + NODES_BEYOND_RECORDS);
            double[] keys = keys(bases[starts % bases.length]);
            int nodes = search.attempt(capacity, problem.descending(keys), maxNodes);
            if (nodes < 0) {
                best = search.offsets();
                peak = problem.peak(best);
                failures = 0;
            } else {
                failures++;
                drawNoise(search.worstSection(), search.worstSection() + 1, SHARE_REDRAWN);
            }
            nodesLeft -= Math.abs(nodes);
        }
    }

    private void drawNoise(int from, int to, double share) {
        for (int record = 0; record < problem.count; record++) {
            boolean live = problem.from[record] < to && from < problem.to[record];
            if (live && random.nextDouble() < share) {
                noise[record] = NOISE * random.nextGaussian();
            }
        }
    }

    private double[] keys(double[] base) {
        double[] weights = search.weights();
        double heaviest = Double.MIN_NORMAL;
        for (double weight : weights) {
            heaviest = Math.max(heaviest, weight);
        }
        double[] keys = new double[problem.count];
        for (int record = 0; record < keys.length; record++) {
            double weight = 0;
            for (int section = problem.from[record]; section < problem.to[record]; section++) {
                weight = Math.max(weight, weights[section]);
            }
            keys[record] = base[record] + PULL_OF_CONFLICTS * StrictMath.log(weight / heaviest + 0.01)
                    + noise[record];
        }
        return keys;
    }
}
