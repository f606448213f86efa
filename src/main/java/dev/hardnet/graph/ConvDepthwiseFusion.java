package dev.hardnet.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins each convolution of 1 x 1 with the depthwise convolution of 3 x 3 that follows it and alone reads it, for
 * backends that have a kernel for both: the map between them is never stored. The results stay the same.
 */
public final class ConvDepthwiseFusion {
    private final List<Operator> operators;
    private final Map<FeatureMap, List<Operator>> readers;
    private final Set<FeatureMap> outputs = new HashSet<>();

    private ConvDepthwiseFusion(Graph graph) {
        operators = graph.operators();
        readers = graph.readers();
        for (Output output : graph.outputs()) {
            outputs.addAll(output.maps());
        }
    }

    /**
     * Joins what can be joined. An operator keeps its name, that of the depthwise half where two are joined; maps are
     * numbered anew.
     *
     * @param graph any graph
     * @return the graph with {@link ConvDepthwise} for every such pair
     */
    public static Graph apply(Graph graph) {
        ConvDepthwiseFusion fusion = new ConvDepthwiseFusion(graph);
        MapRenumbering maps = new MapRenumbering(graph.input());
        List<Operator> joined = new ArrayList<>();
        for (int i = 0; i < fusion.operators.size(); i++) {
            Operator operator = fusion.operators.get(i);
            if (operator instanceof Conv conv && fusion.next(i) instanceof DepthwiseConv next
                    && fusion.isPair(conv, next)) {
                joined.add(maps.copy(conv, next));
                i++;
            } else {
                joined.add(maps.copy(operator));
            }
        }
        List<Output> outputs = new ArrayList<>();
        for (Output output : graph.outputs()) {
            outputs.add(maps.copy(output));
        }
        return new Graph(graph.input(), joined, outputs);
    }

    private Operator next(int index) {
        return index + 1 < operators.size() ? operators.get(index + 1) : null;
    }

    private boolean isPair(Conv conv, DepthwiseConv next) {
        FeatureMap between = conv.output();
        return conv.window().isOnePixel() && next.kernel() == 3 && next.stride() <= 2 && next.padding() <= 1
                && next.input().isAllOf(between) && readers.get(between).size() == 1
                && !outputs.contains(between);
    }
}
