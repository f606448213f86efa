package dev.hardnet.onnx;

import dev.hardnet.graph.Add;

/** A residual connection: Add, and its activation. */
final class AddNodes {
    private AddNodes() {
    }

    static void add(Add add, OnnxGraph graph) {
        OnnxNode node = graph.node("Add", add.name()).reads(graph.values().read(add.left(), add.name()),
                graph.values().read(add.right(), add.name()));
        ActivationNodes.end(node, add.name(), add.activation(), add.output(), graph);
    }
}
