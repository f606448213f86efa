package dev.hardnet.benchmarks.compare;

import java.util.Locale;

/**
 * What the machine gave on some threads in the same run.
 *
 * @param threads            how many
 * @param gigaMacsPerSecond  multiply-adds of float32 in a nanosecond: a large matrix product by oneDNN
 * @param gigabytesPerSecond bytes read from memory in a nanosecond: two long arrays compared
 */
record MachineLimits(int threads, double gigaMacsPerSecond, double gigabytesPerSecond) {
    /** One line. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d thread%s: %.0f GMAC/s (oneDNN's matrix product), %.1f GB/s read", threads,
                threads == 1 ? "" : "s", gigaMacsPerSecond, gigabytesPerSecond);
    }
}
