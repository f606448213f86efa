package dev.hardnet.onnx.read;

import dev.hardnet.traffic.LayerKind;
import java.util.ArrayList;
import java.util.List;

/** Concat, Slice, Split and Gather: views where they work along the channels, else copies. */
final class ChannelRules {
    private static final int CHANNELS = 1;

    private ChannelRules() {
    }

    static Inference concat(NodeCall node) {
        Dims output = node.dims(0);
        int axis = node.axis(node.integer("axis", 1), output.rank());
        for (OnnxValue next : node.inputs().subList(1, node.inputs().size())) {
            Dims dims = next.dims();
            if (dims.rank() != output.rank() || !dims.with(axis, 0).equals(output.with(axis, 0))) {
                throw node.fault("joins tensors of %s and %s along axis %d, which do not fit".formatted(output, dims,
                        axis));
            }
            output = output.with(axis, Math.addExact(output.get(axis), dims.get(axis)));
        }
        long weights = node.inputs().stream().filter(OnnxValue::constant).mapToLong(value -> value.dims().elements())
                .sum();
        return Inference.of(axis == CHANNELS ? LayerKind.CONCAT : ViewRules.COPY, output).weights(weights);
    }

    static Inference slice(NodeCall node) {
        Dims output = node.dims(0);
        boolean view = true;
        for (AxisRange range : AxisRange.of(node)) {
            boolean takesAll = range.step() == 1 && range.count() == output.get(range.axis());
            view &= takesAll || range.axis() == CHANNELS && range.step() == 1;
            output = output.with(range.axis(), range.count());
        }
        return Inference.of(kind(node, output, view), output);
    }

    private static LayerKind kind(NodeCall node, Dims output, boolean view) {
        if (!view) {
            return ViewRules.COPY;
        }
        return output.equals(node.dims(0)) ? LayerKind.RESHAPE : LayerKind.SLICE;
    }

    static Inference split(NodeCall node) {
        Dims input = node.dims(0);
        int axis = node.axis(node.integer("axis", 0), input.rank());
        List<Long> parts = node.integers(1, "split").orElseGet(() -> equalParts(input.get(axis), node));
        if (parts.size() != node.outputCount() || parts.stream().mapToLong(Long::longValue).sum() != input.get(axis)) {
            throw node.fault("splits %d into %s for %d outputs".formatted(input.get(axis), parts, node.outputCount()));
        }
        return Inference.of(axis == CHANNELS ? LayerKind.SLICE : ViewRules.COPY,
                parts.stream().map(part -> input.with(axis, part)).toList());
    }

    /** Parts of one size; the last is smaller when they do not come out even. */
    private static List<Long> equalParts(long size, NodeCall node) {
        int count = node.outputCount();
        long part = Math.ceilDiv(size, (long) count);
        List<Long> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(Math.clamp(size - i * part, 0, part));
        }
        return parts;
    }

    static Inference gather(NodeCall node) {
        Dims input = node.dims(0);
        int axis = node.axis(node.integer("axis", 0), input.rank());
        List<Long> sizes = new ArrayList<>(input.sizes().subList(0, axis));
        sizes.addAll(node.dims(1).sizes());
        sizes.addAll(input.sizes().subList(axis + 1, input.rank()));
        boolean oneChannel = axis == CHANNELS && node.dims(1).elements() == 1;
        return Inference.of(oneChannel ? LayerKind.SLICE : ViewRules.COPY, new Dims(sizes));
    }
}
