package dev.hardnet.onnx;

import dev.hardnet.graph.SumToOne;

/** The division of each channel by its sum: ReduceSum, Add of its offset, Div. */
final class SumToOneNodes {
    private SumToOneNodes() {
    }

    static void add(SumToOne operator, OnnxGraph graph) {
        String name = operator.name();
        MapValues values = graph.values();
        String input = values.read(operator.input(), name);
        String sum = graph.node("ReduceSum", name + "/sum").reads(input, graph.longs("pixel_axes", 2, 3))
                .integer("keepdims", 1).writes(values.unused(name + "/sum"));
        String divisor = graph.node("Add", name + "/offset").reads(sum, graph.number("offset", SumToOne.OFFSET))
                .writes(values.unused(name + "/divisor"));
        graph.node("Div", name).reads(input, divisor).writes(values.write(operator.output()));
    }
}
