package dev.hardnet.benchmarks.compare;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How fast memory is read: each thread compares two equal arrays, which the JVM does with vector loads. */
final class ReadBandwidth {
    /** Each thread's two arrays are far larger than any cache. */
    private static final int ELEMENTS = 1 << 24;
    private static final int PASSES = 12;

    private ReadBandwidth() {
    }

    /** Bytes in a nanosecond, of the fastest pass. */
    static double gigabytesPerSecond(int threads) {
        long[][] arrays = IntStream.range(0, 2 * threads).mapToObj(_ -> new long[ELEMENTS]).toArray(long[][]::new);
        Arrays.stream(arrays).forEach(array -> Arrays.fill(array, 1));
        long fastest = IntStream.range(0, PASSES).mapToLong(_ -> pass(arrays, threads)).min().orElseThrow();
        return (double) arrays.length * ELEMENTS * Long.BYTES / fastest;
    }

    private static long pass(long[][] arrays, int threads) {
        Thread[] readers = new Thread[threads];
        Arrays.setAll(readers, i -> Thread.ofPlatform().unstarted(() -> compare(arrays[2 * i], arrays[2 * i + 1])));
        long start = System.nanoTime();
        Arrays.stream(readers).forEach(Thread::start);
        Arrays.stream(readers).forEach(ReadBandwidth::join);
        return System.nanoTime() - start;
    }

    private static void compare(long[] one, long[] other) {
        if (!Arrays.equals(one, other)) {
            throw new IllegalStateException("Equal arrays differ.");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
