package dev.hardnet.plan;

import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.View;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the activations of one run take, in four ways of holding them. The first two count maps without alignment,
 * padding and workspaces; the network's input counts as a map.
 *
 * @param copiedBytes     no memory is used twice and every concatenation is a copy: all maps, and once more each
 *                        distinct view of several segments, block outputs included; a view that several operators read
 *                        is copied once
 * @param viewsBytes      no memory is used twice, concatenations are views: all maps, also those between two operators
 *                        that the plan has joined
 * @param lowerBoundBytes the largest sum of live bytes at a step, workspaces included
 * @param arenaBytes      the arena that the plan needs, workspaces included
 */
public record PlanTotals(long copiedBytes, long viewsBytes, long lowerBoundBytes, long arenaBytes) {
    static PlanTotals of(Graph graph, ArenaLayout layout, int elementBytes) {
        SlotRules rules = new SlotRules(elementBytes, 1, ChannelOrder.FIRST);
        long maps = Stream.concat(graph.maps().stream(), between(graph)).mapToLong(rules::bytes).sum();
        Set<View> copies = new LinkedHashSet<>();
        for (Operator operator : graph.operators()) {
            operator.reads().stream().filter(view -> view.segments().size() > 1).forEach(copies::add);
        }
        long copied = copies.stream().mapToLong(view -> view.shape().elements() * elementBytes).sum();
        return new PlanTotals(maps + copied, maps, layout.lowerBoundBytes(), layout.peakBytes());
    }

    /** The maps that are never stored because two operators are one. */
    private static Stream<FeatureMap> between(Graph graph) {
        return graph.operators().stream().filter(ConvDepthwise.class::isInstance)
                .map(operator -> ((ConvDepthwise) operator).between());
    }
}
