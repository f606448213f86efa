package dev.hardnet.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** The best of the states offered, each once. */
final class SlotBeam {
    /**
     * Strips so far.
     *
     * @param strips           the strips
     * @param repeatedChannels the channels written again to get there
     * @param cost             those channels, and what the strips take too much
     */
    record State(List<SlotRow> strips, long repeatedChannels, long cost) {
        long area() {
            return strips.stream().mapToLong(SlotRow::area).sum();
        }
    }

    /** A state with what it is sorted by; of equals the first offered is the better one. */
    private record Ranked(State state, long area, int number) {
        long cost() {
            return state.cost();
        }
    }

    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparingLong(Ranked::cost)
            .thenComparingLong(Ranked::area).thenComparingInt(Ranked::number);

    private final int size;
    private final PriorityQueue<Ranked> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());
    private final Set<List<SlotRow>> known = new HashSet<>();
    private int offered;

    SlotBeam(int size) {
        this.size = size;
    }

    /** Whether a state of this cost is worse than all those kept. */
    boolean rejects(long cost) {
        return worstFirst.size() == size && cost > worstFirst.peek().cost();
    }

    void offer(State state) {
        Ranked ranked = new Ranked(state, state.area(), offered++);
        boolean full = worstFirst.size() == size;
        if (full && BEST_FIRST.compare(ranked, worstFirst.peek()) > 0 || !known.add(state.strips())) {
            return;
        }
        worstFirst.add(ranked);
        if (full) {
            known.remove(worstFirst.remove().state().strips());
        }
    }

    /** The states, best first. */
    List<State> states() {
        List<Ranked> sorted = new ArrayList<>(worstFirst);
        sorted.sort(BEST_FIRST);
        return sorted.stream().map(Ranked::state).toList();
    }
}
