package dev.hardnet.backend.reference;

import dev.hardnet.Tensor;
import dev.hardnet.backend.Executable;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.plan.Plan;
import dev.hardnet.weights.WeightStore;
import java.util.List;

/** Runs the kernels one after the other. */
final class ReferenceExecutable implements Executable {
    private final FeatureMap input;
    private final List<ReferenceOutput> outputs;
    private final ReferenceArena arena;
    private final List<ReferenceKernel> kernels;

    ReferenceExecutable(Plan plan, WeightStore weights) {
        input = plan.graph().input();
        outputs = plan.graph().outputs().stream().map(ReferenceOutput::new).toList();
        arena = new ReferenceArena(plan);
        kernels = plan.steps().stream().map(step -> ReferenceKernel.of(step.operator(), weights)).toList();
    }

    @Override
    public void run(Tensor from, List<Tensor> to) {
        System.arraycopy(from.data(), 0, arena.memory, arena.start(input), from.data().length);
        kernels.forEach(kernel -> kernel.run(arena));
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).read(arena, to.get(i));
        }
    }

    @Override
    public long[] profile() {
        long[] nanoseconds = new long[kernels.size()];
        for (int i = 0; i < nanoseconds.length; i++) {
            long start = System.nanoTime();
            kernels.get(i).run(arena);
            nanoseconds[i] = System.nanoTime() - start;
        }
        return nanoseconds;
    }

    @Override
    public void close() {
        // Plain Java memory: nothing to give back.
    }
}
