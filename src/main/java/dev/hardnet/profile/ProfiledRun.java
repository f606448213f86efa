package dev.hardnet.profile;

import java.util.List;

/**
 * One profiled run.
 *
 * @param start when it began, in nanoseconds after the first run of the profile
 * @param times how long each step took, in nanoseconds, in the order of the plan
 */
public record ProfiledRun(long start, List<Long> times) {
    /** Makes the list immutable. */
    public ProfiledRun {
        times = List.copyOf(times);
    }

    /**
     * How long the steps took together.
     *
     * @return nanoseconds
     */
    public long total() {
        return times.stream().mapToLong(Long::longValue).sum();
    }

    /** When its last step ends, if no time passes between steps. */
    long end() {
        return start + total();
    }
}
