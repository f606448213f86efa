package dev.hardnet.profile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * A profile in the JSON trace event format, which Perfetto and Chrome's tracing show: one process, one thread, one
 * complete event for each step of each run. A run begins where its profile says; in it each step begins where the one
 * before ended, since only durations are measured: what passes between two steps is shown after the last.
 */
public final class ChromeTrace {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /** The file. */
    private record Trace(String displayTimeUnit, List<TraceEvent> traceEvents) {
    }

    private ChromeTrace() {
    }

    /**
     * Writes a profile.
     *
     * @param profile the profile
     * @return JSON
     */
    public static String write(Profile profile) {
        List<TraceEvent> events = new ArrayList<>();
        events.add(TraceEvent.processName(profile.title()));
        events.add(TraceEvent.threadName("steps"));
        for (int run = 0; run < profile.runs().size(); run++) {
            addSteps(events, profile, run);
        }
        return GSON.toJson(new Trace("ms", events));
    }

    private static void addSteps(List<TraceEvent> events, Profile profile, int run) {
        long start = profile.runs().get(run).start();
        for (ProfiledStep step : profile.steps()) {
            long duration = profile.runs().get(run).times().get(step.index());
            events.add(TraceEvent.complete(step.name(), "step", start, duration,
                    StepArguments.of(run, step, duration)));
            start += duration;
        }
    }
}
