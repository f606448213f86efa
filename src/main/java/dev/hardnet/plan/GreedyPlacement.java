package dev.hardnet.plan;

import java.util.Arrays;

/** Places records one by one, each into the smallest gap between those placed before that are live with it. */
final class GreedyPlacement {
    private static final int NOT_PLACED = -1;

    private final PlacementProblem problem;
    private final long[] offsets;
    private final int[] below;

    private GreedyPlacement(PlacementProblem problem) {
        this.problem = problem;
        offsets = new long[problem.count];
        below = new int[problem.count];
        Arrays.fill(offsets, NOT_PLACED);
    }

    static long[] place(PlacementProblem problem, GreedyOrder order) {
        GreedyPlacement placement = new GreedyPlacement(problem);
        for (int record : sorted(problem, order)) {
            placement.offsets[record] = placement.bestGap(record);
        }
        return placement.offsets;
    }

    private static int[] sorted(PlacementProblem problem, GreedyOrder order) {
        double[] sizes = new double[problem.count];
        double[] first = new double[problem.count];
        for (int record = 0; record < problem.count; record++) {
            sizes[record] = problem.size[record];
            first[record] = switch (order) {
                case SIZE -> 0;
                case BREADTH -> problem.breadth(record);
                case DURATION -> problem.duration(record);
                case AREA -> problem.area(record);
            };
        }
        int[] records = problem.descending(sizes);
        PlacementProblem.sortDescending(records, first);
        return records;
    }

    private long bestGap(int record) {
        int count = listBelow(record);
        long best = NOT_PLACED;
        long smallest = Long.MAX_VALUE;
        long top = 0;
        for (int i = 0; i < count; i++) {
            int other = below[i];
            long start = PlacementProblem.alignUp(top, problem.alignment[record]);
            long gap = offsets[other] - top;
            if (start + problem.size[record] <= offsets[other] && gap < smallest) {
                best = start;
                smallest = gap;
            }
            top = Math.max(top, offsets[other] + problem.size[other]);
        }
        return best != NOT_PLACED ? best : PlacementProblem.alignUp(top, problem.alignment[record]);
    }

    /** Lists the placed records that live at the same time as one, the lowest first; returns how many they are. */
    private int listBelow(int record) {
        int count = 0;
        for (int other = 0; other < problem.count; other++) {
            if (offsets[other] != NOT_PLACED && problem.overlapInTime(record, other)) {
                int at = count++;
                while (at > 0 && offsets[below[at - 1]] > offsets[other]) {
                    below[at] = below[at - 1];
                    at--;
                }
                below[at] = other;
            }
        }
        return count;
    }
}
