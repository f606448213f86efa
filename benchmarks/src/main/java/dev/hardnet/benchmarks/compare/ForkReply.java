package dev.hardnet.benchmarks.compare;

/**
 * What a fork found.
 *
 * @param refusal       why nothing was timed, or null
 * @param nanos         wall time of each run in nanoseconds, in order
 * @param peakMebibytes the most memory that the process had resident
 */
record ForkReply(String refusal, long[] nanos, double peakMebibytes) {
    static ForkReply refused(String reason) {
        return new ForkReply(reason, new long[0], 0);
    }
}
