package dev.hardnet.profile;

import java.util.List;

/** What a viewer shows of one step in one run: the names are those of {@link StepFigures}. */
record StepArguments(int run, int step, String operator, List<String> inputs, String output, String way,
        double gigaMacs, Double gigaMacsPerSecond, long readBytes, long writtenBytes, long weightBytes,
        Double gigabytesPerSecond) {
    private static final double GIGA = 1e9;

    static StepArguments of(int run, ProfiledStep step, long nanoseconds) {
        return new StepArguments(run, step.index(), step.operator(), step.inputs(), step.output(), step.way(),
                step.macs() / GIGA, step.gigaMacsPerSecond(nanoseconds), step.traffic().readBytes(),
                step.traffic().writtenBytes(), step.traffic().weightBytes(), step.gigabytesPerSecond(nanoseconds));
    }
}
