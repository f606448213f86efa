package dev.hardnet.onnx;

import dev.hardnet.graph.Linear;
import dev.hardnet.weights.WeightStore;

/** A fully connected layer: Gemm on vectors. */
final class LinearNodes {
    private LinearNodes() {
    }

    static void add(Linear linear, OnnxGraph graph, WeightStore weights) {
        OnnxNode node = graph.node("Gemm", linear.name())
                .reads(graph.values().readVector(linear.input(), linear.name())).integer("transB", 1);
        WeightedNodes.withWeights(node, linear, graph, weights).writes(graph.values().writeVector(linear.output()));
    }
}
