package dev.hardnet.cli;

import dev.hardnet.Session;
import java.util.Arrays;

/** How long each step of a session takes. */
final class StepTimes {
    private StepTimes() {
    }

    /** The fastest of some profiled runs, at least one, for each step: nanoseconds in the order of the plan. */
    static long[] fastest(Session session, int runs) {
        long[] fastest = session.profile();
        for (int run = 1; run < runs; run++) {
            long[] times = session.profile();
            Arrays.setAll(fastest, i -> Math.min(fastest[i], times[i]));
        }
        return fastest;
    }
}
