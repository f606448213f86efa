package dev.hardnet.plan;

import java.util.Arrays;

/** The bytes live at each step of a schedule. */
final class StepLoad {
    private final long[] bytes;

    StepLoad(int steps) {
        bytes = new long[steps];
    }

    /** Adds bytes, or takes them away if negative, to the steps from first to last. */
    void add(int first, int last, long change) {
        for (int step = first; step <= last; step++) {
            bytes[step] += change;
        }
    }

    long peak() {
        return Arrays.stream(bytes).max().orElse(0);
    }

    long[] toArray() {
        return bytes.clone();
    }
}
