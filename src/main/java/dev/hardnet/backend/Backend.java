package dev.hardnet.backend;

import dev.hardnet.plan.Plan;
import dev.hardnet.weights.WeightStore;

/** Turns graphs into plans and plans into something that runs: the interface that every kind of device implements. */
public interface Backend extends Planner {
    /**
     * Its name, with what distinguishes its variants.
     *
     * @return for example {@code cpu avx512}
     */
    String name();

    /**
     * Prepares a plan. When this fails, nothing is left behind.
     *
     * @param plan    what to run, as {@link #plan} of this backend made it with the same options
     * @param weights the weights; they outlive the executable
     * @param options what the session asks for
     * @return what runs it
     * @throws dev.hardnet.HarDNetException when an operator is refused (saying which and why) or memory is short
     */
    Executable compile(Plan plan, WeightStore weights, BackendOptions options);
}
