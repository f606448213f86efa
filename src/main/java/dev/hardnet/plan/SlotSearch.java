package dev.hardnet.plan;

import dev.hardnet.graph.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * A beam search that places the segments of views so that every view is one range of channels in some strip. Views are
 * served in the order of their first readers; each one extends a run of slots that is there already, to the left and to
 * the right, or begins anew. Each channel written to a second slot costs one, and so does each channel above the wanted
 * arena for each step; strips that are narrow and short-lived are preferred among equals.
 */
final class SlotSearch {
    private static final int BEAM = 120;

    private final ToIntFunction<Segment> writtenAt;
    private final SlotRules rules;
    private final SlotPressure pressure;

    /**
     * Makes a search.
     *
     * @param writtenAt the step that writes a segment
     * @param rules     what the strips must comply with
     * @param pressure  what the strips take too much
     */
    SlotSearch(ToIntFunction<Segment> writtenAt, SlotRules rules, SlotPressure pressure) {
        this.writtenAt = writtenAt;
        this.rules = rules;
        this.pressure = pressure;
    }

    /**
     * Places connected views.
     *
     * @param needs the views in the order of their first readers
     * @return the strips
     */
    List<Strip> place(List<SlotNeed> needs) {
        List<SlotBeam.State> states = List.of(new SlotBeam.State(List.of(), 0, 0));
        for (SlotNeed need : needs) {
            SlotBeam beam = new SlotBeam(BEAM);
            states.forEach(state -> serve(state, need, beam));
            states = beam.states();
        }
        return states.getFirst().strips().stream().map(row -> new Strip(row.slots(), rules.elementBytes())).toList();
    }

    private void serve(SlotBeam.State state, SlotNeed need, SlotBeam beam) {
        List<SlotRow> strips = state.strips();
        for (int i = 0; i < strips.size(); i++) {
            for (List<Slot> run : runs(strips.get(i).slots(), need)) {
                extend(state, i, run, need, beam);
            }
        }
        if (beam.rejects(state.cost() + repeated(state, need.segments()))) {
            return;
        }
        begin(state, strips.size(), List.of(), Set.of(0), need, beam);
        for (int i = 0; i < strips.size(); i++) {
            begin(state, i, strips.get(i).slots(), edges(strips.get(i).slots()), need, beam);
        }
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
    private static List<List<Slot>> runs(List<Slot> strip, SlotNeed need) {
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

    private void extend(SlotBeam.State state, int strip, List<Slot> run, SlotNeed need, SlotBeam beam) {
        List<Segment> rest = new ArrayList<>(need.segments());
        run.forEach(slot -> rest.remove(slot.segment()));
        long repeated = repeated(state, rest);
        if (beam.rejects(state.cost() + repeated)) {
            return;
        }
        List<Slot> kept = new ArrayList<>(state.strips().get(strip).slots());
        kept.removeAll(run);
        run.forEach(slot -> kept.add(slot.until(need.lastStep())));
        for (List<Segment> order : SegmentOrders.of(rest)) {
            for (int left = 0; left <= order.size(); left++) {
                int start = run.getFirst().firstChannel() - channels(order.subList(0, left));
                List<Slot> added = row(order.subList(0, left), start, need);
                added.addAll(row(order.subList(left, order.size()), run.getLast().endChannel(), need));
                add(state, strip, kept, added, repeated, beam);
            }
        }
    }

    private void begin(SlotBeam.State state, int strip, List<Slot> kept, Set<Integer> edges, SlotNeed need,
                       SlotBeam beam) {
        long repeated = repeated(state, need.segments());
        int width = channels(need.segments());
        for (List<Segment> order : SegmentOrders.of(need.segments())) {
            for (int edge : edges) {
                add(state, strip, kept, row(order, edge, need), repeated, beam);
                add(state, strip, kept, row(order, edge - width, need), repeated, beam);
            }
        }
    }

    private List<Slot> row(List<Segment> order, int start, SlotNeed need) {
        List<Slot> row = new ArrayList<>();
        int at = start;
        for (Segment segment : order) {
            Slot slot = rules.slot(segment, at, writtenAt.applyAsInt(segment), need.lastStep());
            row.add(slot);
            at = slot.endChannel();
        }
        return row;
    }

    private void add(SlotBeam.State state, int strip, List<Slot> kept, List<Slot> added, long repeated,
                     SlotBeam beam) {
        if (collide(added, kept)) {
            return;
        }
        List<Slot> slots = new ArrayList<>(kept);
        slots.addAll(added);
        List<SlotRow> strips = new ArrayList<>(state.strips());
        if (strip == strips.size()) {
            strips.add(SlotRow.of(slots));
        } else {
            strips.set(strip, SlotRow.of(slots));
        }
        long channels = state.repeatedChannels() + repeated;
        beam.offer(new SlotBeam.State(strips, channels, channels + pressure.excess(strips)));
    }

    private static boolean collide(List<Slot> added, List<Slot> kept) {
        for (Slot slot : added) {
            for (Slot other : kept) {
                if (slot.collidesWith(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long repeated(SlotBeam.State state, List<Segment> added) {
        long channels = 0;
        for (Segment segment : added) {
            if (holds(state, segment)) {
                channels += segment.channels();
            }
        }
        return channels;
    }

    private static boolean holds(SlotBeam.State state, Segment segment) {
        for (SlotRow strip : state.strips()) {
            for (Slot slot : strip.slots()) {
                if (slot.segment().equals(segment)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int channels(List<Segment> segments) {
        return segments.stream().mapToInt(rules::paddedChannels).sum();
    }
}
