package dev.hardnet.backend.cuda;

import dev.hardnet.backend.cuda.KernelParams.Limits;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maps that hold raw results of convolutions, because the one reader of each is a pool, which adds the bias and applies
 * the limits to what it reads: the map is read once less and written once less.
 */
final class DeferredNorms {
    /** What the reader still has to do: add a shift for each channel (its address), then limit. */
    record Norm(long shift, Limits limits) {
    }

    private final Graph graph;
    private final Map<FeatureMap, List<Operator>> readers;
    private final Map<FeatureMap, Norm> norms = new HashMap<>();

    DeferredNorms(Graph graph) {
        this.graph = graph;
        readers = graph.readers();
    }

    /** Whether a map's only reader is a pool of all of it. */
    boolean canDefer(FeatureMap map) {
        return readers.getOrDefault(map, List.of()) instanceof List<Operator> all && all.size() == 1
                && all.getFirst() instanceof Pool pool && pool.input().segments().equals(List.of(Segment.of(map)))
                && graph.outputs().stream().noneMatch(output -> output.maps().contains(map));
    }

    void defer(FeatureMap map, Norm norm) {
        norms.put(map, norm);
    }

    /** What a reader of the view has to do first. */
    Optional<Norm> of(View view) {
        return Optional.ofNullable(norms.get(view.segments().getFirst().map()));
    }
}
