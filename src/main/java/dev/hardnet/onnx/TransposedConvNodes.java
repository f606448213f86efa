package dev.hardnet.onnx;

import dev.hardnet.graph.TransposedConv;
import dev.hardnet.weights.WeightStore;

/** A transposed convolution: ConvTranspose, whose pads are what is cropped. */
final class TransposedConvNodes {
    private TransposedConvNodes() {
    }

    static void add(TransposedConv conv, OnnxGraph graph, WeightStore weights) {
        int bottom = croppedAtEnd(conv, conv.input().shape().h(), conv.output().shape().h());
        int right = croppedAtEnd(conv, conv.input().shape().w(), conv.output().shape().w());
        OnnxNode node = graph.node("ConvTranspose", conv.name())
                .reads(graph.values().read(conv.input(), conv.name()))
                .integers("kernel_shape", conv.kernel(), conv.kernel())
                .integers("strides", conv.stride(), conv.stride())
                .integers("pads", conv.padding(), conv.padding(), bottom, right);
        ActivationNodes.end(WeightedNodes.withWeights(node, conv, graph, weights), conv.name(), conv.activation(),
                conv.output(), graph);
    }

    private static int croppedAtEnd(TransposedConv conv, int from, int to) {
        return (from - 1) * conv.stride() + conv.kernel() - conv.padding() - to;
    }
}
