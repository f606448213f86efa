package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the forks of one runtime found for one case. */
sealed interface RuntimeResult {
    /** The runtime. */
    RuntimeName runtime();

    /**
     * It was timed.
     *
     * @param forks what each fork found, in the order of the rounds
     */
    record Timed(RuntimeName runtime, List<ForkReply> forks) implements RuntimeResult {
        private static final double NANOS_PER_MILLI = 1e6;

        /** The median of all runs of all forks, in milliseconds. */
        double medianMillis() {
            return percentile(all(), 50);
        }

        /** The time that nine of ten runs of all forks do not exceed, in milliseconds. */
        double p90Millis() {
            return percentile(all(), 90);
        }

        /** The most memory that a fork had resident. */
        double peakMebibytes() {
            return forks.stream().mapToDouble(ForkReply::peakMebibytes).max().orElseThrow();
        }

        /** This runtime's median over another's. */
        double ratioTo(Timed other) {
            return medianMillis() / other.medianMillis();
        }

        /** That ratio for each pair of forks that ran in the same round, sorted. */
        double[] ratiosTo(Timed other) {
            return IntStream.range(0, Math.min(forks.size(), other.forks.size()))
                    .mapToDouble(round -> median(round) / other.median(round)).sorted().toArray();
        }

        private double median(int round) {
            return percentile(Arrays.stream(forks.get(round).nanos()).sorted().toArray(), 50);
        }

        private long[] all() {
            return forks.stream().flatMapToLong(fork -> Arrays.stream(fork.nanos())).sorted().toArray();
        }

        private static double percentile(long[] sorted, int percent) {
            return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1] / NANOS_PER_MILLI;
        }
    }

    /**
     * It was not timed.
     *
     * @param reason why
     */
    record Refused(RuntimeName runtime, String reason) implements RuntimeResult {
    }
}
