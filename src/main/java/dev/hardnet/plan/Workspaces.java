package dev.hardnet.plan;

import dev.hardnet.graph.Operator;

/** How much scratch memory a backend's kernels need. It lives in the arena, during its operator's step only. */
@FunctionalInterface
public interface Workspaces {
    /** No operator needs any. */
    Workspaces NONE = operator -> 0;

    /**
     * The scratch memory of one operator.
     *
     * @param operator an operator of the graph
     * @return bytes, 0 for none
     */
    long bytes(Operator operator);
}
