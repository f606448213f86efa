package dev.hardnet.benchmarks.compare;

/** Durations as text. */
final class ElapsedTime {
    private static final int MINUTE = 60;

    private ElapsedTime() {
    }

    /** For example {@code 7 min 5 s}, or {@code 48 s}. */
    static String text(double seconds) {
        long whole = Math.round(seconds);
        return whole < MINUTE ? "%d s".formatted(whole) : "%d min %d s".formatted(whole / MINUTE, whole % MINUTE);
    }
}
