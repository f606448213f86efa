package dev.hardnet.report;

import dev.hardnet.plan.Step;
import dev.hardnet.traffic.MachineBalance;
import dev.hardnet.traffic.StepTraffic;

/**
 * One step of the plan, measured beside its roofline.
 *
 * @param step              its number in the schedule
 * @param name              its operator's name
 * @param kind              what the operator does
 * @param output            what it writes, N x C x H x W
 * @param macs              multiply-adds, 0 but for convolutions and linear layers
 * @param bytes             what it moves between memory and processor, weights included
 * @param macsPerByte       multiply-adds for each of those bytes: the arithmetic intensity
 * @param memoryBound       whether that is below the machine's balance
 * @param millis            measured time, milliseconds
 * @param rooflineMillis    the least time by the roofline model, milliseconds
 * @param gigaMacsPerSecond attained arithmetic rate, thousand millions of a direct convolution's
 *                         multiply-adds a second
 * @param way              how the convolution is computed, null where there is one way only
 */
public record StepMeasurement(int step, String name, String kind, String output, long macs, long bytes,
        double macsPerByte, boolean memoryBound, double millis, double rooflineMillis, double gigaMacsPerSecond,
        String way) {
    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

    static StepMeasurement of(Step step, StepTraffic traffic, long nanoseconds, String way,
            MachineBalance machine) {
        long macs = traffic.macs();
        long bytes = traffic.traffic().totalBytes();
        return new StepMeasurement(step.index(), step.operator().name(), step.operator().kind(),
                step.operator().output().shape().toString(), macs, bytes, bytes == 0 ? 0 : (double) macs / bytes,
                machine.isMemoryBound(macs, bytes), nanoseconds / NANOSECONDS_PER_MILLISECOND,
                machine.seconds(macs, bytes) * 1e3, (double) macs / Math.max(1, nanoseconds),
                way.isEmpty() ? null : way);
    }
}
