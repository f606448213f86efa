package dev.hardnet.plan;

import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each map is to its network, told from the graph alone.
 *
 * <p>A block ends where its outputs are joined: at the first read of a view whose last maps, at least two, were written
 * one after the other (ascending), the last of them by the latest convolution. The links inside a block never look like
 * that, for they name the nearest layer first; nor does a decoder's concatenation, whose last maps are older. These maps
 * are kept to the block's end; those written since the first of them that are not among them die inside the block: these
 * are the even layers. A map that only a depthwise convolution of stride 1 reads is the first half of a separable layer,
 * whatever block it is in.
 */
final class PlanRoles {
    /** What a map is to its network. */
    enum Role {
        INPUT("network input"),
        OUTPUT("output"),
        KEPT_LAYER("layer kept to its block's end"),
        DROPPED_LAYER("layer dropped early"),
        HALF_LAYER("first half of a separable layer"),
        OTHER("stem, transition, pool, head");

        private final String meaning;

        Role(String meaning) {
            this.meaning = meaning;
        }

        /** In words for legends. */
        String meaning() {
            return meaning;
        }
    }

    /**
     * A block in the schedule.
     *
     * @param name  what the names of its layers have in common
     * @param first the step of its first layer
     * @param end   the step that reads its joined outputs
     */
    record Block(String name, int first, int end) {
    }

    private final Graph graph;
    private final Map<FeatureMap, Integer> writers = new HashMap<>();
    private final Map<FeatureMap, Role> roles = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    PlanRoles(Graph graph) {
        this.graph = graph;
        graph.maps().forEach(map -> roles.put(map, Role.OTHER));
        for (int step = 0; step < graph.operators().size(); step++) {
            for (FeatureMap map : graph.operators().get(step).outputs()) {
                writers.put(map, step);
            }
        }
        markHalves();
        FeatureMap latest = graph.input();
        for (int step = 0; step < graph.operators().size(); step++) {
            Operator operator = graph.operators().get(step);
            for (View view : operator.reads()) {
                List<FeatureMap> joined = ascendingEnd(view.maps());
                if (joined.size() > 1 && joined.getLast().equals(latest) && !joined.contains(graph.input())) {
                    markBlock(joined, step);
                }
            }
            latest = isLayer(operator) ? operator.output() : latest;
        }
        roles.put(graph.input(), Role.INPUT);
        graph.outputs().forEach(output -> output.maps().forEach(map -> roles.put(map, Role.OUTPUT)));
    }

    Role role(FeatureMap map) {
        return roles.get(map);
    }

    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    private static boolean isLayer(Operator operator) {
        return operator instanceof Weighted || operator instanceof ConvDepthwise;
    }

    private void markHalves() {
        graph.readers().forEach((map, by) -> {
            if (by.size() == 1 && by.getFirst() instanceof DepthwiseConv second && second.stride() == 1) {
                roles.put(map, Role.HALF_LAYER);
            }
        });
    }

    private static List<FeatureMap> ascendingEnd(List<FeatureMap> maps) {
        int first = maps.size() - 1;
        while (first > 0 && maps.get(first - 1).id() < maps.get(first).id()) {
            first--;
        }
        return maps.subList(first, maps.size());
    }

    private void markBlock(List<FeatureMap> joined, int end) {
        int first = writers.get(joined.getFirst());
        for (Operator operator : graph.operators().subList(first, writers.get(joined.getLast()) + 1)) {
            FeatureMap map = operator.output();
            if (joined.contains(map)) {
                roles.put(map, Role.KEPT_LAYER);
            } else if (isLayer(operator) && roles.get(map) == Role.OTHER) {
                roles.put(map, Role.DROPPED_LAYER);
            }
        }
        boolean separable = first > 0 && roles.get(graph.operators().get(first - 1).output()) == Role.HALF_LAYER;
        blocks.add(new Block(commonName(joined), separable ? first - 1 : first, end));
    }

    /** {@code base.4} for {@code base.4.layers.0} and {@code base.4.layers.1}; empty when they share nothing. */
    private static String commonName(List<FeatureMap> maps) {
        List<String> common = List.of(maps.getFirst().name().split("\\."));
        for (FeatureMap map : maps) {
            List<String> parts = List.of(map.name().split("\\."));
            int length = 0;
            while (length < Math.min(common.size(), parts.size()) && common.get(length).equals(parts.get(length))) {
                length++;
            }
            common = common.subList(0, length);
        }
        boolean listed = !common.isEmpty() && common.getLast().equals("layers");
        return String.join(".", listed ? common.subList(0, common.size() - 1) : common);
    }

    /** How many maps have each role. */
    Map<Role, Integer> counts() {
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        roles.values().forEach(role -> counts.merge(role, 1, Integer::sum));
        return counts;
    }
}
