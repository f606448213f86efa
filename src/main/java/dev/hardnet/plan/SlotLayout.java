package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Places for feature maps such that the input of every convolution and linear layer is one contiguous range of
 * channels: what a library wants that cannot read segments. Nothing is ever copied; where one place cannot serve all
 * readers of a map, its producer writes it to several. The order of a view's segments within its range is free, because
 * a filter's channels can be put in the same order once.
 */
public final class SlotLayout {
    private final Graph graph;
    private final SlotRules rules;
    private final List<Strip> strips;
    private final Map<FeatureMap, List<Place>> places;
    private final long duplicatedBytes;

    private SlotLayout(Graph graph, SlotRules rules, List<Strip> strips) {
        this.graph = graph;
        this.rules = rules;
        this.strips = List.copyOf(strips);
        places = places(graph, this.strips);
        duplicatedBytes = strips.stream().flatMap(strip -> strip.slots().stream())
                .mapToLong(slot -> bytes(slot.segment())).sum()
                - graph.maps().stream().mapToLong(rules::bytes).sum();
    }

    private static Map<FeatureMap, List<Place>> places(Graph graph, List<Strip> strips) {
        Map<FeatureMap, List<Place>> places = new HashMap<>();
        graph.maps().forEach(map -> places.put(map, new ArrayList<>()));
        for (int i = 0; i < strips.size(); i++) {
            for (Slot slot : strips.get(i).slots()) {
                places.get(slot.segment().map()).add(new Place(i, strips.get(i), slot));
            }
        }
        Comparator<Place> widest = Comparator.comparingInt(place -> -place.slot().segment().channels());
        Comparator<Place> longest = Comparator.comparingInt(place -> -place.slot().lastStep());
        places.replaceAll((_, all) -> all.stream().sorted(widest.thenComparing(longest)).toList());
        return places;
    }

    /**
     * Places the maps of a graph.
     *
     * @param graph a graph of at least one operator
     * @param rules what the device's kernels ask of strips
     * @return the layout; the same graph and rules give the same layout
     * @throws HarDNetException when the graph is empty or reads a map before it is written
     */
    public static SlotLayout of(Graph graph, SlotRules rules) {
        return new SlotLayout(graph, rules, SlotPlacement.strips(Lifetimes.of(graph), rules));
    }

    private long bytes(Segment segment) {
        return segment.channels() * rules.channelBytes(segment.map());
    }

    /**
     * What is placed.
     *
     * @return the graph
     */
    public Graph graph() {
        return graph;
    }

    /**
     * What the strips comply with.
     *
     * @return the rules
     */
    public SlotRules rules() {
        return rules;
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
     * @return bytes of second and further places, without padding
     */
    public long duplicatedBytes() {
        return duplicatedBytes;
    }

    /**
     * Where a map stands. Whoever writes the map writes all of them.
     *
     * @param map a map of the graph
     * @return every slot that holds channels of it; the first holds all of it until its last reader has run
     * @throws HarDNetException when the map is not the graph's
     */
    public List<Place> places(FeatureMap map) {
        List<Place> found = places.get(map);
        if (found == null) {
            throw new HarDNetException("Feature map %s (id %d) is not one of the layout's graph.".formatted(map,
                    map.id()));
        }
        return found;
    }

    /**
     * Where channels of a map stand at a step.
     *
     * @param segment channels of a map of the graph
     * @param step    the step that reads them
     * @return the first of the map's places that holds at least these channels then
     * @throws HarDNetException when there is none, because the map is not live
     */
    public Place place(Segment segment, int step) {
        return places(segment.map()).stream()
                .filter(place -> place.slot().isLive(step) && place.slot().contains(segment)).findFirst()
                .orElseThrow(() -> new HarDNetException("Channels %d to %d of %s stand nowhere at step %d.".formatted(
                        segment.firstChannel(), segment.firstChannel() + segment.channels() - 1, segment.map(), step)));
    }

    /**
     * Where a view stands at a step, as one range.
     *
     * @param view what is read
     * @param step the step that reads it
     * @return its places side by side in the order of channels, all in one strip; empty when it is no range then
     */
    public List<Place> range(View view, int step) {
        for (int i = 0; i < strips.size(); i++) {
            int index = i;
            Strip strip = strips.get(i);
            List<Slot> live = strip.slots().stream().filter(slot -> slot.isLive(step)).toList();
            int count = view.segments().size();
            for (int at = 0; at + count <= live.size(); at++) {
                List<Slot> row = live.subList(at, at + count);
                if (isRange(row) && holds(row, view)) {
                    return row.stream().map(slot -> new Place(index, strip, slot)).toList();
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

    /** The strips in their order, as what must be placed in the arena. */
    List<UsageRecord> records() {
        return IntStream.range(0, strips.size()).mapToObj(i -> strips.get(i).record(i)).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlotLayout layout && graph.equals(layout.graph) && rules.equals(layout.rules)
                && strips.equals(layout.strips);
    }

    @Override
    public int hashCode() {
        return Objects.hash(graph, rules, strips);
    }

    /** The layout in a line. */
    @Override
    public String toString() {
        return "%d maps in %d strips, %d bytes duplicated".formatted(graph.maps().size(), strips.size(),
                duplicatedBytes);
    }
}
