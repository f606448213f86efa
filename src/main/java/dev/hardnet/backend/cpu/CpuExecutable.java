package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import dev.hardnet.backend.Executable;
import dev.hardnet.graph.Operator;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Step;
import dev.hardnet.weights.WeightStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A plan in native memory: one arena for the maps, tables for the steps, and the program that runs them. */
final class CpuExecutable implements Executable {
    private static final long ARENA_ALIGNMENT = 64;

    private final Arena arena;
    private final MemorySegment program;
    private final MemorySegment input;
    private final ChannelsLast inputLayout;
    private final List<OutputReader> outputs;
    private final MemorySegment times;

    private CpuExecutable(Arena arena, Plan plan, WeightStore weights, Kernels kernels, int threads) {
        this.arena = arena;
        MapMemory maps = new MapMemory(plan, allocate(arena, plan.arenaBytes()));
        input = maps.of(plan.graph().input());
        inputLayout = new ChannelsLast(plan.graph().input().shape());
        outputs = plan.graph().outputs().stream().map(output -> OutputReader.of(output, maps)).toList();
        int count = plan.steps().size();
        times = arena.allocate(ValueLayout.JAVA_LONG, count);
        MemorySegment steps = writeSteps(plan, maps, weights, kernels);
        program = NativeFunctions.createProgram(kernels.tier().ordinal(), steps, count, threads);
    }

    static CpuExecutable prepare(Plan plan, WeightStore weights, Kernels kernels, int threads) {
        Arena arena = Arena.ofShared();
        try {
            return new CpuExecutable(arena, plan, weights, kernels, threads);
        } catch (RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    private static MemorySegment allocate(Arena arena, long bytes) {
        try {
            return arena.allocate(bytes, ARENA_ALIGNMENT);
        } catch (OutOfMemoryError shortage) {
            throw new HarDNetException("The arena of %d bytes could not be allocated.".formatted(bytes), shortage);
        }
    }

    private MemorySegment writeSteps(Plan plan, MapMemory maps, WeightStore store, Kernels kernels) {
        PackedWeights packed = PackedWeights.of(store, kernels.tier());
        MemorySegment steps = arena.allocate(NativeStructs.STEP, plan.steps().size());
        for (Step step : plan.steps()) {
            Operator operator = step.operator();
            MemorySegment to = steps.asSlice(step.index() * NativeStructs.STEP.byteSize(), NativeStructs.STEP);
            StepWriter.writeSizes(to, operator, kernels.way());
            StepWriter.writeInput(to, operator, maps, arena);
            StepWriter.writeOutputs(to, operator, maps, arena);
            packed.of(operator, to, store).ifPresent(weights -> StepWriter.writeWeights(to, weights));
            NativeFunctions.checkStep(kernels.tier().ordinal(), to, operator.name());
        }
        return steps;
    }

    @Override
    public void run(Tensor from, List<Tensor> to) {
        inputLayout.write(from.data(), input);
        NativeFunctions.runProgram(program);
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).read(to.get(i));
        }
    }

    @Override
    public long[] profile() {
        NativeFunctions.profileProgram(program, times);
        return times.toArray(ValueLayout.JAVA_LONG);
    }

    @Override
    public void close() {
        NativeFunctions.destroyProgram(program);
        arena.close();
    }
}
