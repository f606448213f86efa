package dev.hardnet.plan;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Weighted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A view that some operators need as one range.
 *
 * @param segments  what it joins, at least two
 * @param firstStep the step of its first reader
 * @param lastStep  the step of its last reader
 */
record SlotNeed(List<Segment> segments, int firstStep, int lastStep) {
    /**
     * The views that must be ranges, each once.
     *
     * @param graph a graph
     * @return groups in which each view shares segments with another one, so that each group can be placed by itself;
     *         within a group the order of the first readers
     */
    static List<List<SlotNeed>> groups(Graph graph) {
        List<List<SlotNeed>> groups = new ArrayList<>();
        for (SlotNeed need : all(graph)) {
            List<List<SlotNeed>> touched = groups.stream().filter(group -> touches(group, need)).toList();
            groups.removeAll(touched);
            groups.add(Stream.concat(touched.stream().flatMap(List::stream), Stream.of(need))
                    .sorted(Comparator.comparingInt(SlotNeed::firstStep)).toList());
        }
        return groups;
    }

    private static List<SlotNeed> all(Graph graph) {
        Map<Set<Segment>, SlotNeed> needs = new LinkedHashMap<>();
        for (int step = 0; step < graph.operators().size(); step++) {
            Operator operator = graph.operators().get(step);
            List<Segment> segments = operator.reads().getFirst().segments();
            if (operator instanceof Weighted && segments.size() > 1) {
                needs.merge(Set.copyOf(segments), new SlotNeed(segments, step, step),
                        (old, again) -> new SlotNeed(old.segments, old.firstStep, again.lastStep));
            }
        }
        return List.copyOf(needs.values());
    }

    private static boolean touches(List<SlotNeed> group, SlotNeed need) {
        return group.stream().flatMap(other -> other.segments.stream()).anyMatch(need.segments::contains);
    }

    /** The maps of which a group needs channels, each once. */
    static Set<FeatureMap> maps(List<SlotNeed> group) {
        return group.stream().flatMap(need -> need.segments.stream()).map(Segment::map)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
