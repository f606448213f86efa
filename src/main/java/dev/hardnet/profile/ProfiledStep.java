package dev.hardnet.profile;

import dev.hardnet.Session;
import dev.hardnet.plan.Step;
import dev.hardnet.traffic.Traffic;
import java.util.List;

/**
 * What one step of a session does in every run.
 *
 * @param index    its index in the plan
 * @param operator what it does, for example {@code conv 3x3 s2 relu}
 * @param name     the module's name
 * @param inputs   the sizes of each view that it reads, N x C x H x W
 * @param output   the sizes of what it writes, N x C x H x W
 * @param way      how its convolution is computed; null for other steps, and where the backend does not tell
 * @param macs     multiply-adds of the direct sum, whatever the way; 0 but for convolutions and linear layers
 * @param traffic  what it moves, when nothing is found in a cache
 */
public record ProfiledStep(int index, String operator, String name, List<String> inputs, String output, String way,
        long macs, Traffic traffic) {
    /** Makes the list immutable. */
    public ProfiledStep {
        inputs = List.copyOf(inputs);
    }

    static ProfiledStep of(Session session, Step step, Traffic traffic) {
        String way = session.way(step.index());
        return new ProfiledStep(step.index(), step.operator().kind(), step.operator().name(),
                step.operator().reads().stream().map(view -> view.shape().toString()).toList(),
                step.operator().output().shape().toString(), way.isEmpty() ? null : way, step.operator().macs(),
                traffic);
    }

    /** Thousand millions of multiply-adds a second; null where there are none, or no time was seen to pass. */
    Double gigaMacsPerSecond(long nanoseconds) {
        return macs == 0 || nanoseconds == 0 ? null : (double) macs / nanoseconds;
    }

    /** Thousand millions of bytes a second; null where no time was seen to pass. */
    Double gigabytesPerSecond(long nanoseconds) {
        return nanoseconds == 0 ? null : (double) traffic.totalBytes() / nanoseconds;
    }
}
