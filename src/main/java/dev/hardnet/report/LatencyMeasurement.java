package dev.hardnet.report;

/**
 * How long whole runs took, and on what.
 *
 * @param date              when, as ISO 8601 with seconds and the zone's offset
 * @param processor         the processor's name, for people
 * @param backend           what ran, for example {@code cpu avx512}
 * @param threads           threads of the kernels
 * @param weights           where the weights come from
 * @param runs              measured runs
 * @param medianMillis      the median run, milliseconds
 * @param p90Millis         what nine of ten runs did not exceed, milliseconds
 * @param gigaMacsPerSecond multiply-adds of a run over the median, thousand millions a second
 */
public record LatencyMeasurement(String date, String processor, String backend, int threads, String weights, int runs,
        double medianMillis, double p90Millis, double gigaMacsPerSecond) {
}
