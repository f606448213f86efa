package dev.hardnet.report;

import dev.hardnet.plan.Plan;
import dev.hardnet.plan.PlanTimeline;
import dev.hardnet.traffic.ComparisonReport;
import dev.hardnet.traffic.MachineBalance;
import dev.hardnet.traffic.PlannedExecution;
import dev.hardnet.traffic.StepTraffic;
import dev.hardnet.traffic.TrafficReport;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * All figures of a network's page; the page holds them as JSON and draws nothing else.
 *
 * @param version    this release
 * @param parameters learned values
 * @param traffic    every layer, as {@code hardnet traffic --all} reports them
 * @param arena      the plan's arena over time
 * @param latency    measured runs
 * @param steps      the plan's steps, each measured
 * @param comparison other networks, as {@code hardnet compare} reports them
 */
public record NetworkReport(String version, long parameters, TrafficReport traffic, PlanTimeline arena,
        LatencyMeasurement latency, List<StepMeasurement> steps, ComparisonReport comparison) {
    /** Makes the list immutable. */
    public NetworkReport {
        steps = List.copyOf(steps);
    }

    /**
     * Puts measured times beside what each step moves and computes.
     *
     * @param plan        the plan that was run
     * @param nanoseconds the time of each of its steps, in their order
     * @param ways        how each is computed by its number, empty where there is one way only
     * @param machine     what the rooflines are of
     * @return the steps
     */
    public static List<StepMeasurement> steps(Plan plan, long[] nanoseconds, IntFunction<String> ways,
            MachineBalance machine) {
        List<StepTraffic> traffic = PlannedExecution.of(plan).steps();
        return IntStream.range(0, plan.steps().size()).mapToObj(index -> StepMeasurement.of(plan.steps().get(index),
                traffic.get(index), nanoseconds[index], ways.apply(index), machine)).toList();
    }
}
