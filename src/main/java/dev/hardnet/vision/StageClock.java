package dev.hardnet.vision;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Adds up how long the threads of one stage are busy. */
final class StageClock {
    private final int threads;
    private final LongAdder nanoseconds = new LongAdder();

    StageClock(int threads) {
        this.threads = threads;
    }

    <T> T time(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanoseconds.add(System.nanoTime() - start);
        }
    }

    StreamSummary.Load load() {
        return new StreamSummary.Load(threads, Duration.ofNanos(nanoseconds.sum()));
    }
}
