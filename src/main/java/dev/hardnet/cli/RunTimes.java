package dev.hardnet.cli;

import dev.hardnet.Session;
import dev.hardnet.Tensor;
import dev.hardnet.weights.SyntheticWeights;
import java.util.Arrays;
import java.util.List;

/** How long a session's runs take, by a clock around each. */
final class RunTimes {
    private static final long NANOSECONDS = 1_000_000_000L;
    private static final int LEAST_RUNS = 3;

    private final long[] sorted;

    private RunTimes(long[] sorted) {
        this.sorted = sorted;
    }

    /** Runs for some seconds, three times at least, after a warm-up of a fifth of them. */
    static RunTimes measure(Session session, double seconds) {
        Tensor pictures = SyntheticWeights.inputTensor(session.inputShape(), 1);
        List<Tensor> outputs = session.newOutputs();
        time(session, pictures, outputs, seconds / 5);
        return new RunTimes(time(session, pictures, outputs, seconds));
    }

    private static long[] time(Session session, Tensor input, List<Tensor> outputs, double seconds) {
        long[] times = new long[1024];
        int runs = 0;
        long end = System.nanoTime() + (long) (seconds * NANOSECONDS);
        while (runs < LEAST_RUNS || System.nanoTime() < end) {
            if (runs == times.length) {
                times = Arrays.copyOf(times, 2 * runs);
            }
            long start = System.nanoTime();
            session.run(input, outputs);
            times[runs++] = System.nanoTime() - start;
        }
        long[] sorted = Arrays.copyOf(times, runs);
        Arrays.sort(sorted);
        return sorted;
    }

    int runs() {
        return sorted.length;
    }

    /** Nanoseconds that some percent of the runs did not exceed. */
    double percentile(int percent) {
        return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }
}
