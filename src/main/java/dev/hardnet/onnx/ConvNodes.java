package dev.hardnet.onnx;

import dev.hardnet.graph.Conv;
import dev.hardnet.weights.WeightStore;

/** A dense convolution: Conv. */
final class ConvNodes {
    private ConvNodes() {
    }

    static void add(Conv conv, OnnxGraph graph, WeightStore weights) {
        int padding = conv.padding();
        OnnxNode node = graph.node("Conv", conv.name()).reads(graph.values().read(conv.input(), conv.name()))
                .integers("kernel_shape", conv.kernel(), conv.kernel())
                .integers("strides", conv.stride(), conv.stride())
                .integers("pads", padding, padding, padding, padding)
                .integers("dilations", conv.dilation(), conv.dilation());
        ActivationNodes.end(WeightedNodes.withWeights(node, conv, graph, weights), conv.name(), conv.activation(),
                conv.output(), graph);
    }
}
