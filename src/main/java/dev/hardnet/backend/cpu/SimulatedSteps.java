package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Operator;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The steps of a plan in memory that does not exist: the arena, then each step's packed weights. */
final class SimulatedSteps {
    /** HN_SIMULATED_MEMORY of native/include/hardnet.h. */
    static final long FIRST_ADDRESS = 1L << 56;
    private static final long ALIGNMENT = 64;

    private final MemorySegment steps;
    private long end;

    SimulatedSteps(Plan plan, Kernels kernels, Arena tables) {
        MapMemory maps = new MapMemory(plan, memory(FIRST_ADDRESS, plan.arenaBytes()));
        end = FIRST_ADDRESS + aligned(plan.arenaBytes());
        steps = tables.allocate(NativeStructs.STEP, plan.steps().size());
        for (Step step : plan.steps()) {
            Operator operator = step.operator();
            MemorySegment to = of(step);
            StepWriter.writeSizes(to, operator, kernels.ways().apply(operator));
            StepWriter.writeInput(to, operator.reads(), maps, tables);
            StepWriter.writeOutputs(to, operator, maps, tables);
            NativeFunctions.checkStep(kernels.tier().ordinal(), to, operator.name());
            placeWeights(to, NativeFunctions.packedBytes(kernels.tier().ordinal(), to));
        }
    }

    MemorySegment of(Step step) {
        return steps.asSlice(step.index() * NativeStructs.STEP.byteSize(), NativeStructs.STEP);
    }

    private void placeWeights(MemorySegment step, long bytes) {
        if (bytes > 0) {
            StepWriter.writeWeights(step, memory(end, bytes));
            end += aligned(bytes);
        }
    }

    private static long aligned(long bytes) {
        return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment memory(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
