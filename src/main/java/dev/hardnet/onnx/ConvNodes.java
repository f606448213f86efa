package dev.hardnet.onnx;

import dev.hardnet.graph.Conv;
import dev.hardnet.graph.Window;
import dev.hardnet.weights.WeightStore;

/** A dense convolution: Conv. */
final class ConvNodes {
    private ConvNodes() {
    }

    static void add(Conv conv, OnnxGraph graph, WeightStore weights) {
        Window window = conv.window();
        OnnxNode node = graph.node("Conv", conv.name()).reads(graph.values().read(conv.input(), conv.name()))
                .integers("kernel_shape", window.kernelHeight(), window.kernelWidth())
                .integers("strides", window.stride(), window.stride())
                .integers("pads", window.paddingHeight(), window.paddingWidth(), window.paddingHeight(),
                        window.paddingWidth())
                .integers("dilations", window.dilation(), window.dilation());
        ActivationNodes.end(WeightedNodes.withWeights(node, conv, graph, weights), conv.name(), conv.activation(),
                conv.output(), graph);
    }
}
