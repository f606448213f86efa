package dev.hardnet.plan;

import java.util.Locale;

/** Byte counts for people. */
final class ByteText {
    static final long KIB = 1024;
    static final long MIB = 1024 * KIB;

    private ByteText() {
    }

    static String of(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        boolean small = bytes < MIB;
        return String.format(Locale.ROOT, small ? "%.1f KiB" : "%.2f MiB", (double) bytes / (small ? KIB : MIB));
    }
}
