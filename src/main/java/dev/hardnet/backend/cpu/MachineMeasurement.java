package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Measures what this machine can do at most on some threads, with the vectors of the tier in use: each figure takes
 * about half a second and is that of the fastest pass, timed until the last thread is done.
 */
public final class MachineMeasurement {
    private static final int PASSES = 32;
    private static final long ROUNDS = 1L << 22;
    /** All threads together read what is larger than caches. */
    private static final long BYTES = 1L << 28;
    private static final long LEAST_BYTES_OF_THREAD = 1L << 24;

    private final int tier;
    private final int threads;

    private MachineMeasurement(int tier, int threads) {
        this.tier = tier;
        this.threads = threads;
    }

    /**
     * Prepares measurements.
     *
     * @param threads how many threads compute or read at once, at least 1
     * @return what measures
     * @throws HarDNetException when the native library is missing, another version's, or lacks the tier asked for
     */
    public static MachineMeasurement on(int threads) {
        return new MachineMeasurement(CpuBackend.open().tier().ordinal(), threads);
    }

    /**
     * Measures arithmetic in registers.
     *
     * @return multiply-adds of float32, thousand millions in a second
     */
    public double gigaMacsPerSecond() {
        long macs = threads * ROUNDS * MeasurementFunctions.multiplyAdds(tier, 1);
        return macs / (double) fastestPass(_ -> MeasurementFunctions.multiplyAdds(tier, ROUNDS));
    }

    /**
     * Measures reading memory that is in no cache.
     *
     * @return bytes, thousand millions in a second
     */
    public double gigabytesPerSecond() {
        long bytes = Math.max(LEAST_BYTES_OF_THREAD, BYTES / threads / Float.BYTES * Float.BYTES);
        try (Arena arena = Arena.ofShared()) {
            List<MemorySegment> parts = IntStream.range(0, threads)
                    .mapToObj(_ -> arena.allocate(bytes, Float.BYTES)).toList();
            parts.forEach(part -> part.fill((byte) 0));
            return threads * bytes / (double) fastestPass(thread -> MeasurementFunctions.sum(tier, parts.get(thread)));
        }
    }

    /** Nanoseconds of the pass that took least. */
    private long fastestPass(IntConsumer work) {
        long[] start = new long[1];
        long[] fastest = {Long.MAX_VALUE};
        CyclicBarrier begin = new CyclicBarrier(threads, () -> start[0] = System.nanoTime());
        CyclicBarrier end = new CyclicBarrier(threads,
                () -> fastest[0] = Math.min(fastest[0], System.nanoTime() - start[0]));
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            int thread = i;
            others.add(Thread.ofPlatform().daemon().start(() -> passes(work, thread, begin, end)));
        }
        passes(work, 0, begin, end);
        return fastest[0];
    }

    private static void passes(IntConsumer work, int thread, CyclicBarrier begin, CyclicBarrier end) {
        try {
            for (int pass = 0; pass < PASSES; pass++) {
                begin.await();
                work.accept(thread);
                end.await();
            }
        } catch (InterruptedException | BrokenBarrierException stopped) {
            throw new HarDNetException("The measurement of this machine was interrupted.", stopped);
        }
    }
}
