package dev.hardnet.onnx;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.FeatureMap;

/** The activation behind a node: Relu, or Clip from 0 to 6. */
final class ActivationNodes {
    private ActivationNodes() {
    }

    /** Ends a node, and its activation behind it, in a map. */
    static void end(OnnxNode node, String name, Activation activation, FeatureMap output, OnnxGraph graph) {
        if (activation == Activation.NONE) {
            node.writes(graph.values().write(output));
            return;
        }
        String sums = node.writes(graph.values().unused(name + "/sums"));
        OnnxNode function = switch (activation) {
            case RELU -> graph.node("Relu", name + "/relu").reads(sums);
            case RELU6 -> graph.node("Clip", name + "/relu6").reads(sums, graph.number("zero", 0),
                    graph.number("six", 6));
            case NONE -> throw new AssertionError(activation);
        };
        function.writes(graph.values().write(output));
    }
}
