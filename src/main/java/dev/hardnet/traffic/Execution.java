package dev.hardnet.traffic;

import java.util.List;

/**
 * One way to run a network, told as steps that each read and write memory. Of a network's executions, each of
 * {@link FrameworkExecution}, {@link ConcatFreeExecution}, {@link PlannedExecution} and {@link FusedExecution} moves at
 * most as much as the one before.
 */
public sealed interface Execution
        permits FrameworkExecution, ConcatFreeExecution, PlannedExecution, FusedExecution {
    /**
     * What it is called in tables.
     *
     * @return a word or two
     */
    String title();

    /**
     * What runs.
     *
     * @return the steps that move anything, in their order
     */
    List<StepTraffic> steps();

    /**
     * All that it moves.
     *
     * @return the sum over the steps
     */
    default Traffic total() {
        return steps().stream().map(StepTraffic::traffic).reduce(Traffic.NONE, Traffic::plus);
    }

    /**
     * The least time that a machine needs by the roofline model: each step takes as long as its arithmetic or its
     * traffic, whichever is longer. Runs that find maps in a cache, or convolve with fewer multiply-adds, can be
     * faster.
     *
     * @param machine peak and bandwidth
     * @return seconds
     */
    default double rooflineSeconds(MachineBalance machine) {
        return steps().stream().mapToDouble(step -> machine.seconds(step.macs(), step.traffic().totalBytes())).sum();
    }
}
