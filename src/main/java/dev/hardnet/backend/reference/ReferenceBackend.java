package dev.hardnet.backend.reference;

import dev.hardnet.backend.Backend;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Executable;
import dev.hardnet.graph.Graph;
import dev.hardnet.plan.Plan;
import dev.hardnet.weights.WeightStore;

/** Plain Java, accumulating in double: slow, readable, the oracle for every other backend. */
public final class ReferenceBackend implements Backend {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Plan plan(Graph graph, BackendOptions options) {
        return Plan.of(graph);
    }

    @Override
    public Executable compile(Plan plan, WeightStore weights, BackendOptions options) {
        return new ReferenceExecutable(plan, weights);
    }
}
