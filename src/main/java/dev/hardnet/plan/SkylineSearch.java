package dev.hardnet.plan;

import java.util.Arrays;

/**
 * Looks for a layout within a given capacity by filling the arena from below, depth first.
 *
 * <p>Any layout can be pushed down until each record rests on another or on the ground, and its records can then be
 * placed in the order of their offsets. So it is enough to place records on the skyline (the top of what is placed, per
 * section), at offsets that never decrease. This prunes well:
 * <ul>
 * <li>What is left to place in a section lies above its skyline and above the last offset, and above the lowest place
 *     that any record of that section could still take. When the bytes left no longer fit under the capacity, the
 *     branch is dead: the section is the conflict.</li>
 * <li>A record is a candidate only while it begins below the lowest top another could reach: else that other one fits
 *     underneath and comes first.</li>
 * <li>After a dead end only candidates that are live at the conflict are tried instead: moving anything else
 *     leaves the conflict as it is. This gives up completeness, which a bounded search does not have anyway, and wins
 *     most of the speed.</li>
 * </ul>
 * Each conflict adds to its sections' weights, which {@link ArenaImprover} uses for the order of its next attempt.
 */
final class SkylineSearch {
    /** One placement on the way down: what could be placed there and where. */
    private static final class Level {
        private int[] records = {};
        private long[] offsets = {};
        private int size;
        private int next;
        private int placed;
        private long[] savedFloor = {};
    }

    private final PlacementProblem problem;
    private final Level[] levels;
    private final double[] weight;
    private final double[] conflicts;
    private double weightOfConflict = 1;

    private final long[] floor;
    private final long[] left;
    private final long[] ground;
    private final long[] lowest;
    private final long[] place;
    private final long[] offsets;
    private final int[] unplaced;
    private final boolean[] isPlaced;
    private int[] order;
    private long capacity;
    private int conflictFrom;
    private int conflictTo;

    SkylineSearch(PlacementProblem problem) {
        this.problem = problem;
        levels = new Level[problem.count];
        weight = new double[problem.sections];
        conflicts = new double[problem.sections];
        floor = new long[problem.sections];
        left = new long[problem.sections];
        ground = new long[problem.sections];
        lowest = new long[problem.sections];
        place = new long[problem.count];
        offsets = new long[problem.count];
        unplaced = new int[problem.count];
        isPlaced = new boolean[problem.count];
    }

    /** The offsets of the last attempt, valid when it succeeded. */
    long[] offsets() {
        return offsets.clone();
    }

    /** How often each section was the conflict, recent attempts counting more. */
    double[] weights() {
        return weight.clone();
    }

    /** The section that was the conflict most often in the last attempt. */
    int worstSection() {
        int worst = 0;
        for (int section = 1; section < conflicts.length; section++) {
            worst = conflicts[section] > conflicts[worst] ? section : worst;
        }
        return worst;
    }

    /**
     * Tries to place everything.
     *
     * @param within   the capacity in bytes
     * @param priority records in the order of preference among those of equal offset
     * @param maxNodes how many partial layouts may be looked at
     * @return the number of partial layouts looked at, negated when a layout was found
     */
    int attempt(long within, int[] priority, int maxNodes) {
        capacity = within;
        order = priority;
        Arrays.fill(conflicts, 0);
        Arrays.fill(floor, 0);
        Arrays.fill(isPlaced, false);
        System.arraycopy(problem.live, 0, left, 0, left.length);
        int depth = 0;
        int nodes = 1;
        boolean promising = expand(0, 0);
        while (depth < problem.count && nodes < maxNodes) {
            if (promising && placeNext(levels[depth])) {
                depth++;
                nodes++;
                promising = depth == problem.count || expand(depth, offsets[levels[depth - 1].placed]);
            } else if (depth == 0) {
                break;
            } else {
                depth--;
                remove(levels[depth]);
                promising = true;
            }
        }
        forgetSlowly();
        return depth == problem.count ? -nodes : nodes;
    }

    private void forgetSlowly() {
        weightOfConflict *= 1.02;
        if (weightOfConflict > 1e100) {
            for (int section = 0; section < weight.length; section++) {
                weight[section] /= weightOfConflict;
            }
            weightOfConflict = 1;
        }
    }

    /** Finds the candidates of a level; false at a dead end. */
    private boolean expand(int depth, long lastOffset) {
        int count = listUnplaced();
        for (int section = 0; section < ground.length; section++) {
            ground[section] = left[section] > 0 ? Math.max(floor[section], lastOffset) : floor[section];
        }
        if (!findPlaces(count) || !leftFits()) {
            return false;
        }
        collectCandidates(depth, count);
        return true;
    }

    /** Nothing more can be won from raising the ground to the lowest places: they would stay where they are. */
    private boolean leftFits() {
        for (int section = 0; section < left.length; section++) {
            if (left[section] > 0 && lowest[section] + left[section] > capacity) {
                conflict(section, section + 1);
                return false;
            }
        }
        return true;
    }

    /** The ranks in the order, so that equal offsets keep it. */
    private int listUnplaced() {
        int count = 0;
        for (int rank = 0; rank < order.length; rank++) {
            if (!isPlaced[order[rank]]) {
                unplaced[count++] = rank;
            }
        }
        return count;
    }

    /** The lowest place of each record on the ground, and for each section the lowest place of its records. */
    private boolean findPlaces(int count) {
        Arrays.fill(lowest, Long.MAX_VALUE);
        for (int k = 0; k < count; k++) {
            int record = order[unplaced[k]];
            int to = problem.to[record];
            long highest = 0;
            for (int section = problem.from[record]; section < to; section++) {
                highest = Math.max(highest, ground[section]);
            }
            highest = PlacementProblem.alignUp(highest, problem.alignment[record]);
            place[record] = highest;
            if (highest + problem.size[record] > capacity) {
                conflict(problem.from[record], to);
                return false;
            }
            for (int section = problem.from[record]; section < to; section++) {
                lowest[section] = Math.min(lowest[section], highest);
            }
        }
        return true;
    }

    private void collectCandidates(int depth, int count) {
        long lowestTop = Long.MAX_VALUE;
        for (int k = 0; k < count; k++) {
            int record = order[unplaced[k]];
            lowestTop = Math.min(lowestTop, place[record] + problem.size[record]);
        }
        if (levels[depth] == null) {
            levels[depth] = new Level();
        }
        Level level = levels[depth];
        level.size = 0;
        level.next = 0;
        for (int k = 0; k < count; k++) {
            int record = order[unplaced[k]];
            if (place[record] < lowestTop) {
                insert(level, record);
            }
        }
    }

    /** Keeps the candidates sorted by offset; there are few. */
    private void insert(Level level, int record) {
        if (level.size == level.records.length) {
            level.records = Arrays.copyOf(level.records, 2 * level.size + 8);
            level.offsets = Arrays.copyOf(level.offsets, 2 * level.size + 8);
        }
        int at = level.size++;
        while (at > 0 && level.offsets[at - 1] > place[record]) {
            level.offsets[at] = level.offsets[at - 1];
            level.records[at] = level.records[at - 1];
            at--;
        }
        level.offsets[at] = place[record];
        level.records[at] = record;
    }

    private boolean placeNext(Level level) {
        while (level.next < level.size) {
            int record = level.records[level.next];
            boolean first = level.next == 0;
            boolean atConflict = problem.from[record] < conflictTo && conflictFrom < problem.to[record];
            level.next++;
            if ((first || atConflict) && put(level, record, level.offsets[level.next - 1])) {
                return true;
            }
        }
        return false;
    }

    private boolean put(Level level, int record, long offset) {
        int from = problem.from[record];
        int duration = problem.duration(record);
        if (level.savedFloor.length < duration) {
            level.savedFloor = new long[duration];
        }
        System.arraycopy(floor, from, level.savedFloor, 0, duration);
        level.placed = record;
        isPlaced[record] = true;
        offsets[record] = offset;
        long top = offset + problem.size[record];
        boolean fits = true;
        for (int section = from; section < from + duration; section++) {
            floor[section] = top;
            left[section] -= problem.size[record];
            if (top + left[section] > capacity) {
                conflict(section, section + 1);
                fits = false;
            }
        }
        if (!fits) {
            remove(level);
        }
        return fits;
    }

    private void remove(Level level) {
        int record = level.placed;
        int from = problem.from[record];
        isPlaced[record] = false;
        System.arraycopy(level.savedFloor, 0, floor, from, problem.duration(record));
        for (int section = from; section < problem.to[record]; section++) {
            left[section] += problem.size[record];
        }
    }

    private void conflict(int from, int to) {
        conflictFrom = from;
        conflictTo = to;
        for (int section = from; section < to; section++) {
            conflicts[section] += 1.0 / (to - from);
            weight[section] += weightOfConflict / (to - from);
        }
    }
}
