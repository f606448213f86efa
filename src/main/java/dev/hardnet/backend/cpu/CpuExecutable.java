package dev.hardnet.backend.cpu;

import dev.hardnet.Tensor;
import dev.hardnet.backend.Executable;
import dev.hardnet.plan.Plan;
import dev.hardnet.weights.WeightStore;
import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/** A plan in native memory: one arena for the maps, and the program that runs over it. */
final class CpuExecutable implements Executable {
    private final Arena arena;
    private final CpuProgram program;
    private final PlaneRows input;
    private final List<OutputReader> outputs;

    private CpuExecutable(Arena arena, Plan plan, WeightStore store, Kernels kernels, int threads) {
        this.arena = arena;
        PackedWeights packed = PackedWeights.of(store, kernels.tier(), plan.graph().input().type());
        packed.packAll(plan, kernels, store);
        MapMemory maps = MapMemory.allocate(plan, arena);
        input = PlaneRows.writing(plan.graph().input(), maps, kernels.tier(), arena);
        outputs = plan.graph().outputs().stream()
                .map(output -> OutputReader.of(output, maps, kernels.tier(), arena)).toList();
        program = new CpuProgram(maps, kernels, (operator, step) -> packed.of(operator, step, store), threads, arena);
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

    @Override
    public void run(Tensor from, List<Tensor> to) {
        input.write(from);
        program.run();
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).read(to.get(i));
        }
    }

    @Override
    public long[] profile() {
        return program.profile();
    }

    @Override
    public String way(int step) {
        ConvolutionWay way = program.ways().get(step);
        return way == ConvolutionWay.CHOSEN ? "" : way.toString();
    }

    @Override
    public String convolutions() {
        List<ConvolutionWay> ways = program.ways();
        return EnumSet.complementOf(EnumSet.of(ConvolutionWay.CHOSEN)).stream().filter(ways::contains)
                .map(way -> Collections.frequency(ways, way) + " " + way).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        program.close();
        arena.close();
    }
}
