package dev.hardnet.onnx.read;

import dev.hardnet.onnx.proto.Onnx.AttributeProto;
import dev.hardnet.traffic.LayerKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tensors that a node holds itself, and shapes as tensors. */
final class ConstantRules {
    private ConstantRules() {
    }

    static Inference constant(NodeCall node) {
        Optional<AttributeProto> tensor = node.attribute("value");
        if (tensor.isPresent()) {
            OnnxValue value = TensorContent.value(tensor.get().getT());
            return value.content().map(content -> Inference.constant(value.dims(), content))
                    .orElseGet(() -> Inference.of(LayerKind.RESHAPE, value.dims()));
        }
        return numbers(node).orElseThrow(() -> new NodeNotSupported("holds no tensor and no numbers"));
    }

    private static Optional<Inference> numbers(NodeCall node) {
        Optional<Inference> integer = node.attribute("value_int")
                .map(value -> Inference.constant(Dims.of(), Numbers.integers(List.of(value.getI()))));
        Optional<Inference> integers = node.integers("value_ints")
                .map(value -> Inference.constant(Dims.of(value.size()), Numbers.integers(value)));
        Optional<Inference> number = node.attribute("value_float")
                .map(value -> Inference.constant(Dims.of(), new Numbers(new double[] {value.getF()}, false)));
        Optional<Inference> numbers = node.attribute("value_floats").map(AttributeProto::getFloatsList)
                .map(value -> Inference.constant(Dims.of(value.size()),
                        new Numbers(value.stream().mapToDouble(Float::doubleValue).toArray(), false)));
        return integer.or(() -> integers).or(() -> number).or(() -> numbers);
    }

    static Inference ofShape(NodeCall node) {
        Dims output = new Dims(node.content(0).toLongs());
        if (output.elements() > Numbers.MAX_COUNT) {
            return Inference.of(LayerKind.RESHAPE, output);
        }
        Numbers fill = node.attribute("value").flatMap(value -> TensorContent.value(value.getT()).content())
                .orElse(new Numbers(new double[1], false));
        if (fill.count() != 1) {
            throw node.fault("fills a tensor with %d values, not 1".formatted(fill.count()));
        }
        double[] values = new double[(int) output.elements()];
        Arrays.fill(values, fill.get(0));
        return Inference.constant(output, new Numbers(values, fill.areIntegers()));
    }

    static Inference shape(NodeCall node) {
        List<Long> sizes = node.dims(0).sizes();
        int from = bound(node.integer("start", 0), sizes.size());
        int to = Math.max(from, bound(node.integer("end", sizes.size()), sizes.size()));
        List<Long> part = sizes.subList(from, to);
        return Inference.constant(Dims.of(part.size()), Numbers.integers(part));
    }

    private static int bound(long index, int rank) {
        return Math.clamp(index < 0 ? index + rank : index, 0, rank);
    }

    static Inference size(NodeCall node) {
        return Inference.constant(Dims.of(), Numbers.integers(List.of(node.dims(0).elements())));
    }

    static Inference range(NodeCall node) {
        double start = node.content(0).get(0);
        double step = node.content(2).get(0);
        double count = Math.max(0, Math.ceil((node.content(1).get(0) - start) / step));
        if (!(count <= Numbers.MAX_COUNT)) {
            throw new NodeNotSupported("counts to more than %d".formatted(Numbers.MAX_COUNT));
        }
        double[] values = new double[(int) count];
        Arrays.setAll(values, i -> start + i * step);
        return Inference.constant(Dims.of(values.length), new Numbers(values, node.content(0).areIntegers()));
    }
}
