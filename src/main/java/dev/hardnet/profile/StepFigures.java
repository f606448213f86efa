package dev.hardnet.profile;

import dev.hardnet.traffic.MachineBalance;
import java.util.List;
import java.util.Optional;

/**
 * What one step took in its fastest run. What does not apply is null.
 *
 * @param step               its index in the plan
 * @param operator           what it does
 * @param name               the module's name
 * @param inputs             the sizes of each view that it reads, N x C x H x W
 * @param output             the sizes of what it writes, N x C x H x W
 * @param millis             the fastest run, in milliseconds
 * @param share              of the sum of all steps, from 0 to 1
 * @param macs               multiply-adds of the direct sum
 * @param gigaMacsPerSecond  those in a second, whatever the way; thousand millions
 * @param readBytes          bytes of the feature maps read
 * @param writtenBytes       bytes of the feature maps written
 * @param weightBytes        bytes of the weights
 * @param gigabytesPerSecond all of them in a second, wherever they come from; thousand millions
 * @param rooflineShare      the least time by the roofline over the time taken; above 1 where maps are found in a cache
 *                           or a way needs fewer multiply-adds
 * @param way                how the convolution is computed
 */
public record StepFigures(int step, String operator, String name, List<String> inputs, String output, double millis,
        double share, long macs, Double gigaMacsPerSecond, long readBytes, long writtenBytes, long weightBytes,
        Double gigabytesPerSecond, Double rooflineShare, String way) {
    private static final double NANOSECONDS_PER_SECOND = 1e9;
    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

    /** Makes the list immutable. */
    public StepFigures {
        inputs = List.copyOf(inputs);
    }

    static StepFigures of(ProfiledStep step, long nanoseconds, long total, Optional<MachineBalance> machine) {
        return new StepFigures(step.index(), step.operator(), step.name(), step.inputs(), step.output(),
                nanoseconds / NANOSECONDS_PER_MILLISECOND, total == 0 ? 0 : (double) nanoseconds / total, step.macs(),
                step.gigaMacsPerSecond(nanoseconds), step.traffic().readBytes(), step.traffic().writtenBytes(),
                step.traffic().weightBytes(), step.gigabytesPerSecond(nanoseconds),
                machine.isEmpty() || nanoseconds == 0 ? null : rooflineShare(step, nanoseconds, machine.get()),
                step.way());
    }

    private static double rooflineShare(ProfiledStep step, long nanoseconds, MachineBalance machine) {
        return machine.seconds(step.macs(), step.traffic().totalBytes()) * NANOSECONDS_PER_SECOND / nanoseconds;
    }
}
