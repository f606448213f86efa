package dev.hardnet.onnx;

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

/** What an operator becomes. */
final class OperatorNodes {
    private OperatorNodes() {
    }

    static void add(Operator operator, OnnxGraph graph, WeightStore weights) {
        switch (operator) {
            case Conv conv -> ConvNodes.add(conv, graph, weights);
            case DepthwiseConv conv -> DepthwiseConvNodes.add(conv, graph, weights);
            case ConvDepthwise both -> {
                ConvNodes.add(both.pointwise(), graph, weights);
                DepthwiseConvNodes.add(both.depthwise(), graph, weights);
            }
            case TransposedConv conv -> TransposedConvNodes.add(conv, graph, weights);
            case Linear linear -> LinearNodes.add(linear, graph, weights);
            case Pool pool -> PoolNodes.add(pool, graph);
            case GlobalAveragePool pool -> GlobalAveragePoolNodes.add(pool, graph);
            case Add add -> AddNodes.add(add, graph);
            case BatchNormRelu norm -> BatchNormReluNodes.add(norm, graph, weights);
            case L2Norm norm -> L2NormNodes.add(norm, graph, weights);
            case SumToOne sum -> SumToOneNodes.add(sum, graph);
            case Resize resize -> ResizeNodes.add(resize, graph);
            case ResizeArgMax resize -> ResizeArgMaxNodes.add(resize, graph);
        }
    }
}
