package dev.hardnet.onnx;

import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.weights.FoldedWeights;
import dev.hardnet.weights.WeightStore;
import java.util.List;

/** Batch norm and ReLU in front of convolutions: Mul, Add and Relu for each destination. */
final class BatchNormReluNodes {
    private BatchNormReluNodes() {
    }

    static void add(BatchNormRelu norm, OnnxGraph graph, WeightStore weights) {
        String input = graph.values().read(norm.input(), norm.name());
        norm.destinations().forEach(destination -> add(destination, input, graph, weights));
    }

    private static void add(BatchNormRelu.Destination destination, String input, OnnxGraph graph,
                            WeightStore weights) {
        String name = destination.output().name();
        String scale = graph.values().unused(name + ".scale");
        String shift = graph.values().unused(name + ".shift");
        List<Long> dims = List.of((long) destination.output().shape().c(), 1L, 1L);
        graph.weights(List.of(new WeightTensors.Header(scale, dims), new WeightTensors.Header(shift, dims)), () -> {
            FoldedWeights scaling = weights.scaling(destination);
            return List.of(scaling.weight(), scaling.bias());
        });
        String scaled = graph.node("Mul", name + "/scale").reads(input, scale)
                .writes(graph.values().unused(name + "/scaled"));
        String shifted = graph.node("Add", name + "/shift").reads(scaled, shift)
                .writes(graph.values().unused(name + "/shifted"));
        graph.node("Relu", name).reads(shifted).writes(graph.values().write(destination.output()));
    }
}
