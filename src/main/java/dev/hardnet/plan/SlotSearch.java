package dev.hardnet.plan;

import dev.hardnet.graph.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * A beam search that places the segments of views so that every view is one range of channels in some strip. Views are
 * served in the order of their first readers; each one extends a run of slots that is there already, to the left and to
 * the right, or begins anew. Writing a segment to a second slot is what it tries to avoid; strips that are narrow and
 * short-lived are preferred among equals.
 */
final class SlotSearch {
    private static final int BEAM = 120;

    /** A view that some operators need as one range, until the last of them has run. */
    record Need(List<Segment> segments, int firstStep, int lastStep) {
    }

    /** Strips so far, and the channels written again to get there. */
    private record State(List<List<Slot>> strips, long repeatedChannels) {
        boolean holds(Segment segment) {
            return strips.stream().flatMap(List::stream).anyMatch(slot -> slot.segment().equals(segment));
        }

        /** Channels times steps of all strips. */
        long area() {
            return strips.stream().mapToLong(State::area).sum();
        }

        private static long area(List<Slot> strip) {
            int left = Integer.MAX_VALUE;
            int right = Integer.MIN_VALUE;
            int first = Integer.MAX_VALUE;
            int last = 0;
            for (Slot slot : strip) {
                left = Math.min(left, slot.firstChannel());
                right = Math.max(right, slot.endChannel());
                first = Math.min(first, slot.firstStep());
                last = Math.max(last, slot.lastStep());
            }
            return (long) (right - left) * (last - first + 1);
        }
    }

    /** A state with its area, which sorting would compute again and again. */
    private record Ranked(State state, long area) {
    }

    private final ToIntFunction<Segment> writtenAt;
    private final SlotRules rules;

    private SlotSearch(ToIntFunction<Segment> writtenAt, SlotRules rules) {
        this.writtenAt = writtenAt;
        this.rules = rules;
    }

    /**
     * Places connected views.
     *
     * @param needs     the views in the order of their first readers
     * @param writtenAt the step that writes a segment
     * @param rules     what the strips must comply with
     * @return the strips
     */
    static List<Strip> place(List<Need> needs, ToIntFunction<Segment> writtenAt, SlotRules rules) {
        SlotSearch search = new SlotSearch(writtenAt, rules);
        List<State> beam = List.of(new State(List.of(), 0));
        for (Need need : needs) {
            Set<State> next = new LinkedHashSet<>();
            beam.forEach(state -> search.serve(state, need, next));
            beam = next.stream().map(state -> new Ranked(state, state.area()))
                    .sorted(Comparator.comparingLong((Ranked ranked) -> ranked.state().repeatedChannels())
                            .thenComparingLong(Ranked::area))
                    .limit(BEAM).map(Ranked::state).toList();
        }
        return beam.getFirst().strips().stream().map(slots -> new Strip(slots, rules.elementBytes()))
                .toList();
    }

    private void serve(State state, Need need, Set<State> next) {
        List<List<Slot>> strips = state.strips();
        for (int i = 0; i < strips.size(); i++) {
            for (List<Slot> run : runs(strips.get(i), need)) {
                extend(state, i, run, need, next);
            }
            for (int edge : edges(strips.get(i))) {
                begin(state, i, edge, need, next);
            }
        }
        List<List<Slot>> more = new ArrayList<>(strips);
        more.add(List.of());
        begin(new State(more, state.repeatedChannels()), strips.size(), 0, need, next);
    }

    private static Set<Integer> edges(List<Slot> strip) {
        Set<Integer> edges = new LinkedHashSet<>();
        strip.forEach(slot -> {
            edges.add(slot.firstChannel());
            edges.add(slot.endChannel());
        });
        return edges;
    }

    /** The longest rows of neighbours that belong to the view and can stay until its last reader. */
    private static List<List<Slot>> runs(List<Slot> strip, Need need) {
        List<Slot> usable = strip.stream().filter(slot -> need.segments().contains(slot.segment()))
                .filter(slot -> fits(strip, slot, slot.until(need.lastStep()))).toList();
        List<List<Slot>> runs = new ArrayList<>();
        for (Slot start : usable) {
            if (usable.stream().noneMatch(slot -> slot.endChannel() == start.firstChannel())) {
                runs.add(run(usable, start));
            }
        }
        return runs;
    }

    private static List<Slot> run(List<Slot> usable, Slot start) {
        List<Slot> run = new ArrayList<>();
        Set<Segment> seen = new HashSet<>();
        Slot slot = start;
        while (slot != null && seen.add(slot.segment())) {
            run.add(slot);
            int end = slot.endChannel();
            slot = usable.stream().filter(other -> other.firstChannel() == end).findFirst().orElse(null);
        }
        return run;
    }

    private static boolean fits(List<Slot> strip, Slot old, Slot slot) {
        return strip.stream().noneMatch(other -> !other.equals(old) && other.collidesWith(slot));
    }

    private void extend(State state, int strip, List<Slot> run, Need need, Set<State> next) {
        List<Segment> rest = new ArrayList<>(need.segments());
        run.forEach(slot -> rest.remove(slot.segment()));
        List<Slot> kept = new ArrayList<>(state.strips().get(strip));
        kept.removeAll(run);
        run.forEach(slot -> kept.add(slot.until(need.lastStep())));
        for (List<Segment> order : SegmentOrders.of(rest)) {
            for (int left = 0; left <= order.size(); left++) {
                int start = run.getFirst().firstChannel() - channels(order.subList(0, left));
                List<Slot> added = row(order.subList(0, left), start, need);
                added.addAll(row(order.subList(left, order.size()), run.getLast().endChannel(), need));
                add(state, strip, kept, added, next);
            }
        }
    }

    private void begin(State state, int strip, int edge, Need need, Set<State> next) {
        List<Slot> kept = state.strips().get(strip);
        for (List<Segment> order : SegmentOrders.of(need.segments())) {
            add(state, strip, kept, row(order, edge, need), next);
            add(state, strip, kept, row(order, edge - channels(order), need), next);
        }
    }

    private List<Slot> row(List<Segment> order, int start, Need need) {
        List<Slot> row = new ArrayList<>();
        int at = start;
        for (Segment segment : order) {
            Slot slot = rules.slot(segment, at, writtenAt.applyAsInt(segment), need.lastStep());
            row.add(slot);
            at = slot.endChannel();
        }
        return row;
    }

    private static void add(State state, int strip, List<Slot> kept, List<Slot> added, Set<State> next) {
        if (added.stream().anyMatch(slot -> kept.stream().anyMatch(slot::collidesWith))) {
            return;
        }
        long repeated = added.stream().map(Slot::segment).filter(state::holds).mapToLong(Segment::channels).sum();
        List<Slot> slots = new ArrayList<>(kept);
        slots.addAll(added);
        List<List<Slot>> strips = new ArrayList<>(state.strips());
        strips.set(strip, slots);
        next.add(new State(strips, state.repeatedChannels() + repeated));
    }

    private int channels(List<Segment> segments) {
        return segments.stream().mapToInt(rules::paddedChannels).sum();
    }
}
