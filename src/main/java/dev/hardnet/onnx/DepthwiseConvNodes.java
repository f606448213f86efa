package dev.hardnet.onnx;

import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.weights.WeightStore;

/** A depthwise convolution: Conv with a group for each channel. */
final class DepthwiseConvNodes {
    private DepthwiseConvNodes() {
    }

    static void add(DepthwiseConv conv, OnnxGraph graph, WeightStore weights) {
        int padding = conv.padding();
        OnnxNode node = graph.node("Conv", conv.name()).reads(graph.values().read(conv.input(), conv.name()))
                .integers("kernel_shape", conv.kernel(), conv.kernel())
                .integers("strides", conv.stride(), conv.stride())
                .integers("pads", padding, padding, padding, padding)
                .integer("group", conv.output().shape().c());
        ActivationNodes.end(WeightedNodes.withWeights(node, conv, graph, weights), conv.name(), conv.activation(),
                conv.output(), graph);
    }
}
