package dev.hardnet.traffic;

import java.util.List;

/**
 * A framework that runs every layer by itself: batch norms and activations read and write their map once more,
 * concatenations and slices are copies. Only a {@link LayerKind#RESHAPE} moves nothing.
 *
 * @param steps a step for each layer that moves anything
 */
public record FrameworkExecution(List<StepTraffic> steps) implements Execution {
    /** Makes the list immutable. */
    public FrameworkExecution {
        steps = List.copyOf(steps);
    }

    /**
     * Counts a network.
     *
     * @param graph the network
     * @return its execution
     */
    public static FrameworkExecution of(LayerGraph graph) {
        return new FrameworkExecution(graph.layers().stream().filter(layer -> layer.kind() != LayerKind.RESHAPE)
                .map(StepTraffic::of).toList());
    }

    @Override
    public String title() {
        return "framework";
    }
}
