package dev.hardnet.backend;

import dev.hardnet.graph.Graph;
import dev.hardnet.plan.Plan;

/** Decides where in the arena everything stands, for the kernels of one kind of device. */
public interface Planner {
    /**
     * Plans.
     *
     * @param graph   what to run
     * @param options what the session asks for
     * @return the plan
     * @throws dev.hardnet.HarDNetException when an operator is refused, saying which and why
     */
    Plan plan(Graph graph, BackendOptions options);
}
