package dev.hardnet.plan;

import dev.hardnet.HarDNetException;

/**
 * Memory that is needed for a while: a feature map or a kernel's workspace.
 *
 * @param id        its name, unique in a problem
 * @param bytes     its size, at least 1
 * @param firstStep the step that writes it
 * @param lastStep  the last step that needs it, included
 * @param alignment its offset is a multiple of this power of two, in bytes
 */
public record UsageRecord(String id, long bytes, int firstStep, int lastStep, int alignment) {
    /**
     * Checks the record.
     *
     * @throws HarDNetException when a size, step or alignment makes no sense
     */
    public UsageRecord {
        if (bytes < 1 || firstStep < 0 || lastStep < firstStep || Integer.bitCount(alignment) != 1) {
            throw new HarDNetException(
                    "Usage record %s (%d bytes, steps %d to %d, alignment %d) needs a positive size, steps in order, and "
                            .formatted(id, bytes, firstStep, lastStep, alignment) + "a power of two as alignment.");
        }
    }

    /**
     * Whether both are needed at some step.
     *
     * @param other another record
     * @return true when the two must not share memory
     */
    public boolean overlapsInTime(UsageRecord other) {
        return firstStep <= other.lastStep && other.firstStep <= lastStep;
    }
}
