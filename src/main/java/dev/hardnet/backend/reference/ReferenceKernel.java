package dev.hardnet.backend.reference;

import dev.hardnet.graph.Add;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.SumToOne;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.weights.WeightStore;

/** One operator, ready to run in an arena. */
@FunctionalInterface
interface ReferenceKernel {
    void run(ReferenceArena arena);

    static ReferenceKernel of(Operator operator, WeightStore weights) {
        return switch (operator) {
            case Conv conv -> new ReferenceConv(conv, weights.folded(conv));
            case DepthwiseConv conv -> new ReferenceDepthwiseConv(conv, weights.folded(conv));
            case ConvDepthwise both -> new ReferenceConvDepthwise(
                    new ReferenceConv(both.pointwise(), weights.folded(both.pointwise())),
                    new ReferenceDepthwiseConv(both.depthwise(), weights.folded(both.depthwise())));
            case TransposedConv conv -> new ReferenceTransposedConv(conv, weights.folded(conv));
            case Pool pool -> new ReferencePool(pool);
            case GlobalAveragePool pool -> new ReferenceGlobalAveragePool(pool);
            case Linear linear -> new ReferenceLinear(linear, weights.folded(linear));
            case Add add -> new ReferenceAdd(add);
            case BatchNormRelu norm -> new ReferenceBatchNormRelu(norm,
                    norm.destinations().stream().map(weights::scaling).toList());
            case L2Norm norm -> new ReferenceL2Norm(norm, weights.weight(norm));
            case SumToOne sum -> new ReferenceSumToOne(sum);
            case Resize resize -> new ReferenceResize(resize);
            case ResizeArgMax resize -> new ReferenceResizeArgMax(resize);
        };
    }
}
