package dev.hardnet.profile;

import dev.hardnet.Session;
import dev.hardnet.traffic.MachineBalance;
import dev.hardnet.traffic.PlannedExecution;
import dev.hardnet.traffic.StepTraffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The steps of a session, and how long each took in some runs.
 *
 * @param title what ran where, for people
 * @param steps the steps in the order of the plan
 * @param runs  the runs, one after the other, at least one; each has a time for every step
 */
public record Profile(String title, List<ProfiledStep> steps, List<ProfiledRun> runs) {
    /** Makes the lists immutable. */
    public Profile {
        steps = List.copyOf(steps);
        runs = List.copyOf(runs);
    }

    /**
     * Runs a session over what its arena holds ({@link Session#profile()}). A run begins when it was asked for, by the
     * clock of the caller, and not before the steps of the run before have ended.
     *
     * @param title   what runs where, for people
     * @param session an open session
     * @param count   how many runs, at least 1
     * @return the profile
     */
    public static Profile measure(String title, Session session, int count) {
        List<ProfiledRun> runs = new ArrayList<>();
        long origin = System.nanoTime();
        long end = 0;
        for (int i = 0; i < count; i++) {
            long asked = System.nanoTime() - origin;
            ProfiledRun run = new ProfiledRun(i == 0 ? 0 : Math.max(asked, end),
                    Arrays.stream(session.profile()).boxed().toList());
            end = run.end();
            runs.add(run);
        }
        return new Profile(title, steps(session), runs);
    }

    private static List<ProfiledStep> steps(Session session) {
        List<StepTraffic> traffic = PlannedExecution.of(session.plan()).steps();
        return session.plan().steps().stream()
                .map(step -> ProfiledStep.of(session, step, traffic.get(step.index()).traffic())).toList();
    }

    /**
     * Each step's figures in its fastest run.
     *
     * @param machine what the roofline is of, empty where it is not known
     * @return the figures in the order of the plan
     */
    public List<StepFigures> fastest(Optional<MachineBalance> machine) {
        long[] fastest = fastest();
        long total = Arrays.stream(fastest).sum();
        return steps.stream().map(step -> StepFigures.of(step, fastest[step.index()], total, machine)).toList();
    }

    /**
     * Each step's time in its fastest run.
     *
     * @return nanoseconds in the order of the plan
     */
    public long[] fastest() {
        return IntStream.range(0, steps.size()).mapToLong(this::fastest).toArray();
    }

    private long fastest(int step) {
        return runs.stream().mapToLong(run -> run.times().get(step)).min().orElseThrow();
    }
}
