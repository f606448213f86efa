package dev.hardnet.plan;

import dev.hardnet.graph.Segment;

/**
 * A place in a strip that holds channels of a feature map for some steps. Slots of a strip may share channels as long
 * as they share no step.
 *
 * @param segment      what it holds
 * @param firstChannel the strip's channel at which it begins
 * @param firstStep    the step that writes it
 * @param lastStep     the last step that reads it
 */
public record Slot(Segment segment, int firstChannel, int firstStep, int lastStep) {
    /**
     * Where it ends.
     *
     * @return the channel after its last one
     */
    public int endChannel() {
        return firstChannel + segment.channels();
    }

    boolean collidesWith(Slot other) {
        return firstChannel < other.endChannel() && other.firstChannel < endChannel()
                && firstStep <= other.lastStep && other.firstStep <= lastStep;
    }

    Slot until(int step) {
        return new Slot(segment, firstChannel, firstStep, Math.max(lastStep, step));
    }

    Slot shifted(int channels) {
        return new Slot(segment, firstChannel + channels, firstStep, lastStep);
    }
}
