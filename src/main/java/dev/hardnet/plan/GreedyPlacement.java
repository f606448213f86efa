package dev.hardnet.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Places records one by one, each into the smallest gap between those placed before that are live with it. */
final class GreedyPlacement {
    private static final int NOT_PLACED = -1;

    private final PlacementProblem problem;
    private final long[] offsets;

    private GreedyPlacement(PlacementProblem problem) {
        this.problem = problem;
        offsets = new long[problem.count];
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
        Comparator<Integer> first = switch (order) {
            case SIZE -> Comparator.comparing(_ -> 0);
            case BREADTH -> Comparator.comparingLong((Integer record) -> breadth(problem, record)).reversed();
            case DURATION -> Comparator.comparingInt(problem::duration).reversed();
            case AREA -> Comparator.comparingDouble(problem::area).reversed();
        };
        Comparator<Integer> bySize = Comparator.comparingLong((Integer record) -> problem.size[record]).reversed();
        return IntStream.range(0, problem.count).boxed().sorted(first.thenComparing(bySize))
                .mapToInt(Integer::intValue).toArray();
    }

    private static long breadth(PlacementProblem problem, int record) {
        return Arrays.stream(problem.live, problem.from[record], problem.to[record]).max().orElseThrow();
    }

    private long bestGap(int record) {
        int[] below = IntStream.range(0, problem.count)
                .filter(other -> offsets[other] != NOT_PLACED && problem.overlapInTime(record, other))
                .boxed().sorted(Comparator.comparingLong(other -> offsets[other])).mapToInt(Integer::intValue).toArray();
        long best = NOT_PLACED;
        long smallest = Long.MAX_VALUE;
        long top = 0;
        for (int other : below) {
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
}
