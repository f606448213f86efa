package dev.hardnet.traffic;

import java.util.List;

/**
 * As {@link FrameworkExecution}, but concatenations and slices move nothing: whoever reads one reads its sources where
 * they are.
 *
 * @param steps a step for each layer that moves anything
 */
public record ConcatFreeExecution(List<StepTraffic> steps) implements Execution {
    /** Makes the list immutable. */
    public ConcatFreeExecution {
        steps = List.copyOf(steps);
    }

    /**
     * Counts a network.
     *
     * @param graph the network
     * @return its execution
     */
    public static ConcatFreeExecution of(LayerGraph graph) {
        return new ConcatFreeExecution(graph.layers().stream().filter(layer -> layer.kind().computes())
                .map(StepTraffic::of).toList());
    }

    @Override
    public String title() {
        return "concat-free";
    }
}
