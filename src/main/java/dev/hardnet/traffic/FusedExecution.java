package dev.hardnet.traffic;

import java.util.List;

/**
 * As {@link ConcatFreeExecution}, with every fusion that saves a map from memory and computes nothing twice
 * ({@link Fusion#FULL}).
 *
 * @param steps the steps
 */
public record FusedExecution(List<StepTraffic> steps) implements Execution {
    /** Makes the list immutable. */
    public FusedExecution {
        steps = List.copyOf(steps);
    }

    /**
     * Counts a network.
     *
     * @param graph the network
     * @return its execution
     */
    public static FusedExecution of(LayerGraph graph) {
        return new FusedExecution(LayerFusion.of(graph, Fusion.FULL).stream().map(FusedStep::traffic).toList());
    }

    @Override
    public String title() {
        return "fused";
    }
}
