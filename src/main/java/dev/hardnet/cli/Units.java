package dev.hardnet.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Units {
    private Units() {
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MiB", bytes / 1048576.0);
    }

    static String millions(long count) {
        return String.format(Locale.ROOT, "%.2f M", count / 1e6);
    }

    static String billions(long count) {
        return String.format(Locale.ROOT, "%.2f G", count / 1e9);
    }

    static String milliseconds(double nanoseconds) {
        return String.format(Locale.ROOT, "%.2f ms", nanoseconds / 1e6);
    }
}
