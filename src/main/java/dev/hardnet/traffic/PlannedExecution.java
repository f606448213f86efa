package dev.hardnet.traffic;

import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import dev.hardnet.plan.Plan;
import java.util.List;

/**
 * What this runtime does: the steps of its plan, or those that it would plan for a network it cannot run. Weights count
 * with batch norms folded and before they are packed for a kernel; a class index is a byte where the plan says so.
 *
 * @param steps      the steps
 * @param arenaBytes the memory that holds all feature maps, in bytes
 */
public record PlannedExecution(List<StepTraffic> steps, long arenaBytes) implements Execution {
    /** Makes the list immutable. */
    public PlannedExecution {
        steps = List.copyOf(steps);
    }

    /**
     * Counts a plan. Where it stores maps in two bytes an element, these and all weights count as much, without the
     * padding of channels.
     *
     * @param plan a plan of this runtime
     * @return its execution
     */
    public static PlannedExecution of(Plan plan) {
        return new PlannedExecution(plan.steps().stream().map(step -> step(step.operator(), plan.elementBytes()))
                .toList(), plan.arenaBytes());
    }

    /**
     * Counts what would be planned for a network: layers fused as this runtime fuses them ({@link Fusion#PRODUCERS}),
     * concatenations and slices as views, feature maps placed by the arena planner.
     *
     * @param graph the network
     * @return its execution
     */
    public static PlannedExecution of(LayerGraph graph) {
        List<FusedStep> steps = LayerFusion.of(graph, Fusion.PRODUCERS);
        return new PlannedExecution(steps.stream().map(FusedStep::traffic).toList(), StepArena.bytes(graph, steps));
    }

    @Override
    public String title() {
        return "this runtime's plan";
    }

    private static StepTraffic step(Operator operator, int elementBytes) {
        Traffic traffic = new Traffic(operator.reads().stream().mapToLong(view -> bytes(view, elementBytes)).sum(),
                operator.outputs().stream().mapToLong(map -> bytes(View.of(map), elementBytes)).sum(),
                weights(operator) * elementBytes);
        return new StepTraffic(operator.name(), layers(operator), operator.macs(), traffic);
    }

    /** One step writes what several norms make of the same map, or computes two convolutions. */
    private static List<String> layers(Operator operator) {
        return switch (operator) {
            case BatchNormRelu norm ->
                    norm.destinations().stream().map(BatchNormRelu.Destination::norm).distinct().toList();
            case ConvDepthwise both -> List.of(both.pointwise().name(), both.depthwise().name());
            default -> List.of(operator.name());
        };
    }

    private static long bytes(View view, int elementBytes) {
        ElementType type = view.segments().getFirst().map().type();
        return view.shape().elements() * (type == ElementType.UINT8 ? type.bytes() : elementBytes);
    }

    private static long weights(Operator operator) {
        return switch (operator) {
            case Weighted weighted -> kernel(weighted) + bias(weighted);
            case ConvDepthwise both -> weights(both.pointwise()) + weights(both.depthwise());
            case BatchNormRelu norm -> 2L * norm.input().shape().c() * norm.destinations().size();
            case L2Norm norm -> norm.input().shape().c();
            default -> 0;
        };
    }

    private static long kernel(Weighted weighted) {
        return weighted.weightShape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    private static long bias(Weighted weighted) {
        boolean present = weighted.keys().bias().isPresent() || weighted.keys().norm().isPresent();
        return present ? weighted.output().shape().c() : 0;
    }
}
