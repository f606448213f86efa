package dev.hardnet.onnx;

import dev.hardnet.graph.Weighted;
import dev.hardnet.weights.FoldedWeights;
import dev.hardnet.weights.WeightStore;
import java.util.List;

/** The weights of convolutions and fully connected layers, their batch norms folded in. */
final class WeightedNodes {
    private WeightedNodes() {
    }

    /** Adds {@code name.weight} and {@code name.bias} to the graph and to what the node reads. */
    static OnnxNode withWeights(OnnxNode node, Weighted operator, OnnxGraph graph, WeightStore weights) {
        String weight = graph.values().unused(operator.name() + ".weight");
        String bias = graph.values().unused(operator.name() + ".bias");
        List<Integer> outputs = List.of(operator.weightShape().get(operator.outputDimension()));
        graph.weights(List.of(WeightTensors.Header.of(weight, operator.weightShape()),
                WeightTensors.Header.of(bias, outputs)), () -> {
            FoldedWeights folded = weights.folded(operator);
            return List.of(folded.weight(), folded.bias());
        });
        return node.reads(weight, bias);
    }
}
