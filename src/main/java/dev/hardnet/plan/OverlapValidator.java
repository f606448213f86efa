package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import java.util.List;

/**
 * Checks a layout record by record and pair by pair, with nothing in common with the planner's search: no two records
 * that are needed at one step may share a byte.
 */
public final class OverlapValidator {
    private OverlapValidator() {
    }

    /**
     * Checks a layout, in time quadratic in its records.
     *
     * @param layout the layout
     * @throws HarDNetException when an offset is negative, misaligned or leads past the peak, or when two records that
     *                          overlap in time overlap in memory; the message names the records
     */
    public static void check(ArenaLayout layout) {
        List<UsageRecord> records = layout.records();
        for (int i = 0; i < records.size(); i++) {
            checkPlace(records.get(i), layout.offsets().get(i), layout.peakBytes());
            for (int j = 0; j < i; j++) {
                checkPair(records.get(j), layout.offsets().get(j), records.get(i), layout.offsets().get(i));
            }
        }
    }

    private static void checkPlace(UsageRecord record, long offset, long peak) {
        if (offset < 0 || offset % record.alignment() != 0) {
            throw new HarDNetException("%s stands at offset %d, which must be a multiple of %d, 0 or more.".formatted(
                    record.id(), offset, record.alignment()));
        }
        if (record.bytes() > peak - offset) {
            throw new HarDNetException("%s (%d bytes at offset %d) leaves the arena of %d bytes.".formatted(
                    record.id(), record.bytes(), offset, peak));
        }
    }

    private static void checkPair(UsageRecord a, long offsetA, UsageRecord b, long offsetB) {
        boolean overlapInMemory = offsetA < offsetB + b.bytes() && offsetB < offsetA + a.bytes();
        if (overlapInMemory && a.overlapsInTime(b)) {
            throw new HarDNetException(
                    "%s (bytes %d to %d, steps %d to %d) and %s (bytes %d to %d, steps %d to %d) overlap.".formatted(
                            a.id(), offsetA, offsetA + a.bytes() - 1, a.firstStep(), a.lastStep(),
                            b.id(), offsetB, offsetB + b.bytes() - 1, b.firstStep(), b.lastStep()));
        }
    }
}
