package dev.hardnet.backend;

import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Workspaces;
import dev.hardnet.weights.WeightStore;

/** Turns plans into something that runs: the interface that every kind of device implements. */
public interface Backend {
    /**
     * Its name, with what distinguishes its variants.
     *
     * @return for example {@code cpu avx512}
     */
    String name();

    /**
     * The memory its kernels need beside the maps.
     *
     * @param threads threads a session will use
     * @return bytes for each operator
     */
    Workspaces workspaces(int threads);

    /**
     * Prepares a plan. When this fails, nothing is left behind.
     *
     * @param plan    what to run
     * @param weights the weights; they outlive the executable
     * @param threads threads to run on, at least 1
     * @return what runs it
     * @throws dev.hardnet.HarDNetException when an operator is refused (saying which and why) or memory is short
     */
    Executable compile(Plan plan, WeightStore weights, int threads);
}
