package dev.hardnet.onnx;

import dev.hardnet.graph.L2Norm;
import dev.hardnet.weights.WeightStore;
import java.util.List;

/** The L2 norm over channels: ReduceL2, Add of its epsilon, Div, Mul by the weight. */
final class L2NormNodes {
    private L2NormNodes() {
    }

    static void add(L2Norm norm, OnnxGraph graph, WeightStore weights) {
        String name = norm.name();
        MapValues values = graph.values();
        String input = values.read(norm.input(), name);
        String weight = values.unused(norm.weight());
        graph.weights(List.of(new WeightTensors.Header(weight, List.of((long) norm.input().shape().c(), 1L, 1L))),
                () -> List.of(weights.weight(norm)));
        String length = graph.node("ReduceL2", name + "/length").reads(input).integers("axes", 1)
                .integer("keepdims", 1).writes(values.unused(name + "/length"));
        String divisor = graph.node("Add", name + "/epsilon").reads(length, graph.number("epsilon", L2Norm.EPSILON))
                .writes(values.unused(name + "/divisor"));
        String unit = graph.node("Div", name + "/unit").reads(input, divisor).writes(values.unused(name + "/unit"));
        graph.node("Mul", name).reads(unit, weight).writes(values.write(norm.output()));
    }
}
