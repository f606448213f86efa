package dev.hardnet.plan;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Places for feature maps such that the input of every convolution and linear layer is one contiguous range of
 * channels: what a library wants that cannot read segments. Nothing is ever copied; where one place cannot serve all
 * readers of a map, its producer writes it to several. The order of a view's segments within its range is free, because
 * a filter's channels can be put in the same order once.
 */
public final class SlotLayout {
    private final Graph graph;
    private final List<Strip> strips;
    private final long duplicatedBytes;

    private SlotLayout(Graph graph, List<Strip> strips) {
        this.graph = graph;
        this.strips = List.copyOf(strips);
        duplicatedBytes = strips.stream().flatMap(strip -> strip.slots().stream())
                .mapToLong(slot -> bytes(slot.segment())).sum()
                - graph.maps().stream().mapToLong(FeatureMap::bytes).sum();
    }

    /**
     * Places the maps of a graph.
     *
     * @param graph a graph of at least one operator
     * @return the layout; the same graph gives the same layout
     * @throws dev.hardnet.HarDNetException when the graph is empty or reads a map before it is written
     */
    public static SlotLayout of(Graph graph) {
        Lifetimes lifetimes = Lifetimes.of(graph);
        List<Strip> strips = new ArrayList<>();
        for (List<SlotSearch.Need> needs : connected(needs(graph))) {
            strips.addAll(SlotSearch.place(needs, segment -> lifetimes.first(segment.map())));
        }
        return new SlotLayout(graph, completed(graph, strips, lifetimes));
    }

    /** The distinct views of several segments that must be ranges, in the order of their first readers. */
    private static List<SlotSearch.Need> needs(Graph graph) {
        Map<Set<Segment>, SlotSearch.Need> needs = new LinkedHashMap<>();
        for (int step = 0; step < graph.operators().size(); step++) {
            Operator operator = graph.operators().get(step);
            List<Segment> segments = operator.reads().getFirst().segments();
            if (operator instanceof Weighted && segments.size() > 1) {
                needs.merge(Set.copyOf(segments), new SlotSearch.Need(segments, step, step),
                        (old, again) -> new SlotSearch.Need(old.segments(), old.firstStep(), again.lastStep()));
            }
        }
        return List.copyOf(needs.values());
    }

    /** Groups of needs that share no segment with another group: each can be placed by itself. */
    private static List<List<SlotSearch.Need>> connected(List<SlotSearch.Need> needs) {
        List<List<SlotSearch.Need>> groups = new ArrayList<>();
        for (SlotSearch.Need need : needs) {
            List<List<SlotSearch.Need>> touched = groups.stream().filter(group -> touches(group, need)).toList();
            groups.removeAll(touched);
            groups.add(Stream.concat(touched.stream().flatMap(List::stream), Stream.of(need))
                    .sorted(Comparator.comparingInt(SlotSearch.Need::firstStep)).toList());
        }
        return groups;
    }

    private static boolean touches(List<SlotSearch.Need> group, SlotSearch.Need need) {
        return group.stream().flatMap(other -> other.segments().stream()).anyMatch(need.segments()::contains);
    }

    /** Gives every map a place that holds all of it until its last reader has run. */
    private static List<Strip> completed(Graph graph, List<Strip> strips, Lifetimes lifetimes) {
        List<Strip> all = new ArrayList<>(strips);
        for (FeatureMap map : graph.maps()) {
            Segment whole = Segment.of(map);
            boolean lives = all.stream().flatMap(strip -> strip.slots().stream())
                    .anyMatch(slot -> slot.segment().equals(whole) && slot.lastStep() >= lifetimes.last(map));
            if (!lives && !lengthen(all, whole, lifetimes.last(map))) {
                all.add(new Strip(List.of(new Slot(whole, 0, lifetimes.first(map), lifetimes.last(map)))));
            }
        }
        return all;
    }

    /** Lets a slot of the segment stay longer, where nothing is in the way. */
    private static boolean lengthen(List<Strip> strips, Segment whole, int lastStep) {
        for (int i = 0; i < strips.size(); i++) {
            List<Slot> slots = new ArrayList<>(strips.get(i).slots());
            for (int at = 0; at < slots.size(); at++) {
                Slot old = slots.get(at);
                Slot longer = old.until(lastStep);
                if (old.segment().equals(whole)
                        && slots.stream().noneMatch(slot -> slot != old && slot.collidesWith(longer))) {
                    slots.set(at, longer);
                    strips.set(i, new Strip(slots));
                    return true;
                }
            }
        }
        return false;
    }

    private static long bytes(Segment segment) {
        return segment.map().bytes() / segment.map().shape().c() * segment.channels();
    }

    /**
     * The memory the maps stand in.
     *
     * @return the strips
     */
    public List<Strip> strips() {
        return strips;
    }

    /**
     * What is written besides each map once.
     *
     * @return bytes of second and further places
     */
    public long duplicatedBytes() {
        return duplicatedBytes;
    }

    /**
     * Where a view stands at a step, as one range.
     *
     * @param view what is read
     * @param step the step that reads it
     * @return its slots side by side in the order of channels, all in one strip; empty when it is no range then
     */
    public List<Slot> range(View view, int step) {
        for (Strip strip : strips) {
            List<Slot> live = strip.slots().stream().filter(slot -> slot.firstStep() <= step && step <= slot.lastStep())
                    .toList();
            int count = view.segments().size();
            for (int at = 0; at + count <= live.size(); at++) {
                List<Slot> row = live.subList(at, at + count);
                if (isRange(row) && holds(row, view)) {
                    return row;
                }
            }
        }
        return List.of();
    }

    private static boolean isRange(List<Slot> row) {
        for (int i = 1; i < row.size(); i++) {
            if (row.get(i).firstChannel() != row.get(i - 1).endChannel()) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(List<Slot> row, View view) {
        return row.stream().map(Slot::segment).collect(Collectors.toSet())
                .equals(Set.copyOf(view.segments()));
    }

    /**
     * The arena that the strips need.
     *
     * @return offsets for the strips, in their order
     */
    public ArenaLayout arena() {
        ArenaLayout layout = ArenaPlanner.plan(strips.stream().map(Strip::record).toList());
        OverlapValidator.check(layout);
        return layout;
    }

    /** The layout in a line. */
    @Override
    public String toString() {
        return "%d maps in %d strips, %d bytes duplicated".formatted(graph.maps().size(), strips.size(),
                duplicatedBytes);
    }
}
