package dev.hardnet.plan;

import java.util.Arrays;
import java.util.List;

/**
 * Usage records as the search wants them. Steps at which nothing begins are left out: the live set is largest where a
 * record begins, so what is left, the <em>sections</em>, holds every conflict. A record takes its bytes rounded up to
 * its alignment. All sizes together stay below 2^63, so that no offset can overflow; the constructor throws an
 * ArithmeticException otherwise.
 */
final class PlacementProblem {
    final int count;
    final int sections;
    /** First section of each record. */
    final int[] from;
    /** Section after the last of each record. */
    final int[] to;
    /** Bytes of each record, rounded up. */
    final long[] size;
    final long[] alignment;
    /** Live bytes at each section. */
    final long[] live;
    final long lowerBound;

    PlacementProblem(List<UsageRecord> records) {
        count = records.size();
        from = new int[count];
        to = new int[count];
        size = new long[count];
        alignment = new long[count];
        int[] starts = starts(records);
        sections = starts.length;
        live = new long[sections];
        long all = 0;
        for (int i = 0; i < count; i++) {
            UsageRecord record = records.get(i);
            from[i] = Arrays.binarySearch(starts, record.firstStep());
            int end = Arrays.binarySearch(starts, record.lastStep());
            to[i] = end < 0 ? -end - 1 : end + 1;
            alignment[i] = record.alignment();
            size[i] = alignUp(record.bytes(), alignment[i]);
            all = Math.addExact(all, Math.addExact(size[i], alignment[i]));
            for (int section = from[i]; section < to[i]; section++) {
                live[section] += size[i];
            }
        }
        lowerBound = most(live, 0, sections);
    }

    /** The steps at which a record begins, each once. */
    private static int[] starts(List<UsageRecord> records) {
        int[] starts = new int[records.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = records.get(i).firstStep();
        }
        Arrays.sort(starts);
        int distinct = 0;
        for (int start : starts) {
            if (distinct == 0 || start != starts[distinct - 1]) {
                starts[distinct++] = start;
            }
        }
        return Arrays.copyOf(starts, distinct);
    }

    private static long most(long[] values, int from, int to) {
        long most = 0;
        for (int i = from; i < to; i++) {
            most = Math.max(most, values[i]);
        }
        return most;
    }

    static long alignUp(long bytes, long powerOfTwo) {
        return Math.addExact(bytes, powerOfTwo - 1) & -powerOfTwo;
    }

    int duration(int record) {
        return to[record] - from[record];
    }

    double area(int record) {
        return (double) size[record] * duration(record);
    }

    /** The most bytes that are live while a record is. */
    long breadth(int record) {
        return most(live, from[record], to[record]);
    }

    boolean overlapInTime(int a, int b) {
        return from[a] < to[b] && from[b] < to[a];
    }

    /** Records of the highest key first, equal ones in the order they were given. */
    int[] descending(double[] keys) {
        int[] records = new int[count];
        for (int record = 0; record < count; record++) {
            records[record] = record;
        }
        sortDescending(records, keys);
        return records;
    }

    /** Sorts records as {@link #descending} does, those of equal keys as they stood: by insertion, without objects. */
    static void sortDescending(int[] records, double[] keys) {
        for (int i = 1; i < records.length; i++) {
            int record = records[i];
            int low = 0;
            int high = i;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (keys[records[middle]] >= keys[record]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            System.arraycopy(records, low, records, low + 1, i - low);
            records[low] = record;
        }
    }

    long peak(long[] offsets) {
        long peak = 0;
        for (int record = 0; record < count; record++) {
            peak = Math.max(peak, offsets[record] + size[record]);
        }
        return peak;
    }
}
