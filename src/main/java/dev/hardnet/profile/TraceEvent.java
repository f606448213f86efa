package dev.hardnet.profile;

import java.math.BigDecimal;

/**
 * One event in the names of the trace event format. What does not apply is null.
 *
 * @param name what is shown
 * @param cat  the category
 * @param ph   the phase: {@code X} for what has a duration, {@code M} for names of processes and threads
 * @param ts   when it began, in microseconds
 * @param dur  how long it took, in microseconds
 * @param pid  the process
 * @param tid  the thread
 * @param args what is shown of it
 */
record TraceEvent(String name, String cat, String ph, BigDecimal ts, BigDecimal dur, int pid, int tid, Object args) {
    private static final int NANOSECOND_DIGITS = 3;
    private static final int PROCESS = 1;
    private static final int THREAD = 1;

    private record Name(String name) {
    }

    static TraceEvent processName(String name) {
        return metadata("process_name", name);
    }

    static TraceEvent threadName(String name) {
        return metadata("thread_name", name);
    }

    private static TraceEvent metadata(String what, String name) {
        return new TraceEvent(what, null, "M", null, null, PROCESS, THREAD, new Name(name));
    }

    /** Something that took some nanoseconds; they are exact in the file. */
    static TraceEvent complete(String name, String category, long start, long duration, Object args) {
        return new TraceEvent(name, category, "X", microseconds(start), microseconds(duration), PROCESS, THREAD, args);
    }

    private static BigDecimal microseconds(long nanoseconds) {
        return BigDecimal.valueOf(nanoseconds, NANOSECOND_DIGITS);
    }
}
