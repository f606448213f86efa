package dev.hardnet.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves the last resize of an output to whoever reads it out, for backends that resize on the way to the tensor: the
 * full-size map, often larger than all others together, is never stored.
 */
public final class ReadoutFusion {
    private ReadoutFusion() {
    }

    /**
     * Takes the {@link Resize}s out of a graph whose maps only an output reads, as planes of float32, and whose input
     * is a whole map that an operator writes.
     *
     * @param graph any graph
     * @return the graph without them; the given one when there are none
     */
    public static Graph apply(Graph graph) {
        Set<Operator> left = new HashSet<>();
        List<Output> outputs = new ArrayList<>();
        for (Output output : graph.outputs()) {
            Optional<Resize> resize = lastResize(graph, output);
            resize.ifPresent(left::add);
            outputs.add(resize.map(last -> new Output(output.name(), last.input().maps(), output.layout(),
                    output.values(), last.output().shape())).orElse(output));
        }
        return left.isEmpty() ? graph : without(graph, left, outputs);
    }

    private static Optional<Resize> lastResize(Graph graph, Output output) {
        FeatureMap map = output.maps().getFirst();
        if (output.layout() != Output.Layout.PLANES || output.isResized() || graph.readers().containsKey(map)
                || graph.outputs().stream().filter(each -> each.maps().contains(map)).count() > 1) {
            return Optional.empty();
        }
        return graph.operators().stream().filter(Resize.class::isInstance).map(Resize.class::cast)
                .filter(resize -> resize.output().equals(map) && readsWholeMap(graph, resize)).findFirst();
    }

    private static boolean readsWholeMap(Graph graph, Resize resize) {
        FeatureMap first = resize.input().maps().getFirst();
        return !first.equals(graph.input()) && resize.input().equals(View.of(first));
    }

    private static Graph without(Graph graph, Set<Operator> left, List<Output> outputs) {
        MapRenumbering maps = new MapRenumbering(graph.input());
        List<Operator> operators = graph.operators().stream().filter(each -> !left.contains(each)).map(maps::copy)
                .toList();
        return new Graph(maps.copy(graph.input()), operators, outputs.stream().map(maps::copy).toList());
    }
}
