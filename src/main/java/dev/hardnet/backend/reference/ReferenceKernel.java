package dev.hardnet.backend.reference;

import dev.hardnet.graph.Conv;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Pool;
import dev.hardnet.weights.WeightStore;

/** One operator, ready to run in an arena. */
@FunctionalInterface
interface ReferenceKernel {
    void run(ReferenceArena arena);

    static ReferenceKernel of(Operator operator, WeightStore weights) {
        return switch (operator) {
            case Conv conv -> new ReferenceConv(conv, weights.folded(conv.keys(), conv.weightShape()));
            case DepthwiseConv conv ->
                    new ReferenceDepthwiseConv(conv, weights.folded(conv.keys(), conv.weightShape()));
            case Pool pool -> new ReferencePool(pool);
            case GlobalAveragePool pool -> new ReferenceGlobalAveragePool(pool);
            case Linear linear -> new ReferenceLinear(linear, weights.folded(linear.keys(), linear.weightShape()));
        };
    }
}
