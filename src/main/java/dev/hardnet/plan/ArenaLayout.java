package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import java.util.List;

/**
 * A place in the arena for every usage record.
 *
 * @param records         what was placed
 * @param offsets         the offset of each record, in bytes from the arena's start, in the order of the records
 * @param peakBytes       the arena's size: the largest end of a record
 * @param lowerBoundBytes what no layout can go below: the largest sum of live bytes at a step, each record rounded up
 *                        to its alignment
 */
public record ArenaLayout(List<UsageRecord> records, List<Long> offsets, long peakBytes, long lowerBoundBytes) {
    /**
     * Makes the lists immutable.
     *
     * @throws HarDNetException when there are not as many offsets as records
     */
    public ArenaLayout {
        records = List.copyOf(records);
        offsets = List.copyOf(offsets);
        if (records.size() != offsets.size()) {
            throw new HarDNetException("A layout of %d records was given %d offsets; it needs one for each."
                    .formatted(records.size(), offsets.size()));
        }
    }

    /**
     * How far the layout is from the bound.
     *
     * @return peak / lower bound, 1 for the best there is and for a problem without records
     */
    public double ratio() {
        return lowerBoundBytes == 0 ? 1 : (double) peakBytes / lowerBoundBytes;
    }
}
