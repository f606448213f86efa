package dev.hardnet.backend.reference;

import dev.hardnet.backend.Backend;
import dev.hardnet.backend.Executable;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Workspaces;
import dev.hardnet.weights.WeightStore;

/** Plain Java, accumulating in double: slow, readable, the oracle for every other backend. */
public final class ReferenceBackend implements Backend {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Workspaces workspaces(int threads) {
        return Workspaces.NONE;
    }

    @Override
    public Executable compile(Plan plan, WeightStore weights, int threads) {
        return new ReferenceExecutable(plan, weights);
    }
}
