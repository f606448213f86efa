package dev.hardnet.traffic;

import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Step;
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
     * Counts a plan.
     *
     * @param plan a plan of this runtime
     * @return its execution
     */
    public static PlannedExecution of(Plan plan) {
        return new PlannedExecution(plan.steps().stream().map(PlannedExecution::step).toList(), plan.arenaBytes());
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

    private static StepTraffic step(Step step) {
        Operator operator = step.operator();
        Traffic traffic = new Traffic(operator.reads().stream().mapToLong(PlannedExecution::bytes).sum(),
                operator.outputs().stream().mapToLong(FeatureMap::bytes).sum(), weights(operator) * Float.BYTES);
        return new StepTraffic(operator.name(), List.of(operator.name()), operator.macs(), traffic);
    }

    private static long bytes(View view) {
        return view.shape().elements() * view.segments().getFirst().map().type().bytes();
    }

    private static long weights(Operator operator) {
        return switch (operator) {
            case Weighted weighted -> kernel(weighted) + bias(weighted);
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
