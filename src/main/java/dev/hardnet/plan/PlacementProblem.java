package dev.hardnet.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
        int[] starts = records.stream().mapToInt(UsageRecord::firstStep).sorted().distinct().toArray();
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
        lowerBound = Arrays.stream(live).max().orElse(0);
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

    boolean overlapInTime(int a, int b) {
        return from[a] < to[b] && from[b] < to[a];
    }

    /** Records of the highest key first, equal ones in the order they were given. */
    int[] descending(double[] keys) {
        return IntStream.range(0, count).boxed()
                .sorted(Comparator.comparingDouble((Integer record) -> keys[record]).reversed())
                .mapToInt(Integer::intValue).toArray();
    }

    long peak(long[] offsets) {
        return IntStream.range(0, count).mapToLong(record -> offsets[record] + size[record]).max().orElse(0);
    }
}
