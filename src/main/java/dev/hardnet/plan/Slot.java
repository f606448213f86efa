package dev.hardnet.plan;

import dev.hardnet.graph.Segment;

/**
 * A place in a strip that holds channels of a feature map for some steps. Slots of a strip may share channels as long
 * as they share no step.
 *
 * @param segment      what it holds
 * @param firstChannel the strip's channel at which it begins, a multiple of the rules' granularity
 * @param channels     the channels it takes, padding included
 * @param firstStep    the step that writes it
 * @param lastStep     the last step that reads it
 */
public record Slot(Segment segment, int firstChannel, int channels, int firstStep, int lastStep) {
    /**
     * Where it ends.
     *
     * @return the channel after its last one, padding included
     */
    public int endChannel() {
        return firstChannel + channels;
    }

    /**
     * Whether it holds something at a step.
     *
     * @param step a step of the schedule
     * @return true from the step that writes it to the last that reads it
     */
    public boolean isLive(int step) {
        return firstStep <= step && step <= lastStep;
    }

    /**
     * Whether it holds given channels of a map.
     *
     * @param wanted channels of a map
     * @return true when it has at least these
     */
    public boolean contains(Segment wanted) {
        return segment.map().equals(wanted.map()) && segment.firstChannel() <= wanted.firstChannel()
                && wanted.firstChannel() + wanted.channels() <= segment.firstChannel() + segment.channels();
    }

    boolean collidesWith(Slot other) {
        return firstChannel < other.endChannel() && other.firstChannel < endChannel()
                && firstStep <= other.lastStep && other.firstStep <= lastStep;
    }

    Slot until(int step) {
        return new Slot(segment, firstChannel, channels, firstStep, Math.max(lastStep, step));
    }

    Slot shifted(int by) {
        return new Slot(segment, firstChannel + by, channels, firstStep, lastStep);
    }
}
