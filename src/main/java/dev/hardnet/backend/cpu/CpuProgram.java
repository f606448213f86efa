package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Operator;
import dev.hardnet.plan.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan's steps as native structures, and the program that runs them. */
final class CpuProgram implements AutoCloseable {
    private final List<ConvolutionWay> ways = new ArrayList<>();
    private final MemorySegment times;
    private final MemorySegment program;

    /** Where packed weights are. */
    @FunctionalInterface
    interface Weights {
        /** The packed weights of an operator whose sizes are written in step; empty for one without weights. */
        Optional<MemorySegment> of(Operator operator, MemorySegment step);
    }

    /**
     * Prepares a program.
     *
     * @param maps    the plan, and where its maps are; outlives the program, as do the weights
     * @param kernels what computes
     * @param weights the weights
     * @param threads threads, the caller's included
     * @param arena   holds the steps until it is closed, after the program
     */
    CpuProgram(MapMemory maps, Kernels kernels, Weights weights, int threads, Arena arena) {
        List<Step> plan = maps.plan().steps();
        times = arena.allocate(ValueLayout.JAVA_LONG, plan.size());
        MemorySegment steps = arena.allocate(NativeStructs.STEP, plan.size());
        for (Step step : plan) {
            Operator operator = step.operator();
            MemorySegment to = steps.asSlice(step.index() * NativeStructs.STEP.byteSize(), NativeStructs.STEP);
            StepWriter.writeSizes(to, operator, kernels.ways().apply(operator));
            StepWriter.writeInput(to, operator.reads(), maps, arena);
            StepWriter.writeOutputs(to, operator, maps, arena);
            Optional<MemorySegment> packed = weights.of(operator, to);
            if (packed.isPresent()) {
                StepWriter.writeWeights(to, packed.get());
            }
            NativeFunctions.checkStep(kernels.tier().ordinal(), to, operator.name());
            ways.add(ConvolutionWay.of(kernels.tier(), to));
        }
        program = NativeFunctions.createProgram(kernels.tier().ordinal(), steps, plan.size(), threads);
    }

    /** The way each step takes; {@link ConvolutionWay#CHOSEN} for those that are no convolution. */
    List<ConvolutionWay> ways() {
        return ways;
    }

    void run() {
        NativeFunctions.runProgram(program);
    }

    /** Runs, and gives each step's time in nanoseconds. */
    long[] profile() {
        MeasurementFunctions.profileProgram(program, times);
        return times.toArray(ValueLayout.JAVA_LONG);
    }

    @Override
    public void close() {
        NativeFunctions.destroyProgram(program);
    }
}
