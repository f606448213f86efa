package dev.hardnet.onnx.read;

import dev.hardnet.traffic.ConvolutionSizes;
import dev.hardnet.traffic.LayerKind;
import java.util.List;

/** Conv and ConvTranspose over maps of two dimensions. */
final class ConvolutionRules {
    private ConvolutionRules() {
    }

    static Inference conv(NodeCall node) {
        Dims input = node.dims(0);
        Dims filter = filter(node);
        long groups = groups(node);
        if (input.get(1) != filter.get(1) * groups || filter.get(0) % groups != 0) {
            throw node.fault("reads a map of %s with a filter of %s in %d groups, which do not fit".formatted(input,
                    filter, groups));
        }
        SlidingWindow rows = SlidingWindow.of(node, 0, filter.get(2), input.get(2));
        SlidingWindow columns = SlidingWindow.of(node, 1, filter.get(3), input.get(3));
        Dims output = Dims.of(input.get(0), filter.get(0), rows.positions(input.get(2), node),
                columns.positions(input.get(3), node));
        boolean depthwise = groups > 1 && filter.get(1) == 1;
        return Inference.of(depthwise ? LayerKind.DEPTHWISE_CONV : LayerKind.CONV, output)
                .macs(Math.multiplyExact(output.elements(), filter.elements(1, 4))).weights(weights(node))
                .convolution(sizes(rows, columns, groups, output));
    }

    static Inference transposed(NodeCall node) {
        Dims input = node.dims(0);
        Dims filter = filter(node);
        long groups = groups(node);
        if (input.get(1) != filter.get(0) || filter.get(0) % groups != 0) {
            throw node.fault("reads a map of %s with a filter of %s in %d groups, which do not fit".formatted(input,
                    filter, groups));
        }
        Dims output = Dims.of(input.get(0), filter.get(1) * groups, 1, 1);
        TransposedWindow rows = TransposedWindow.of(node, 0, filter.get(2), input.get(2));
        TransposedWindow columns = TransposedWindow.of(node, 1, filter.get(3), input.get(3));
        output = output.with(2, rows.output()).with(3, columns.output());
        return Inference.of(LayerKind.TRANSPOSED_CONV, output)
                .macs(Math.multiplyExact(input.elements(), filter.elements(1, 4))).weights(weights(node))
                .convolution(sizes(rows.window(), columns.window(), groups, output));
    }

    private static Dims filter(NodeCall node) {
        OnnxValue filter = node.input(1);
        int dimensions = node.dims(0).rank() - 2;
        if (dimensions != 2 || filter.dims().rank() != 4) {
            throw new NodeNotSupported("convolves maps of %d dimensions, not 2".formatted(dimensions));
        }
        if (!filter.constant()) {
            throw new NodeNotSupported("has a filter that is computed");
        }
        List<Long> declared = node.integers("kernel_shape").orElse(filter.dims().sizes().subList(2, 4));
        if (!declared.equals(filter.dims().sizes().subList(2, 4)) || filter.dims().elements() == 0) {
            throw node.fault("has the kernel_shape %s, but a filter of %s".formatted(declared, filter.dims()));
        }
        return filter.dims();
    }

    private static long groups(NodeCall node) {
        long groups = node.integer("group", 1);
        if (groups < 1) {
            throw node.fault("has %d groups".formatted(groups));
        }
        return groups;
    }

    private static long weights(NodeCall node) {
        return node.dims(1).elements() + node.optional(2).map(bias -> bias.dims().elements()).orElse(0L);
    }

    private static ConvolutionSizes sizes(SlidingWindow rows, SlidingWindow columns, long groups, Dims output) {
        long dilation = rows.kernel() == 1 ? columns.dilation() : rows.dilation();
        if (columns.kernel() > 1 && columns.dilation() != dilation) {
            throw new NodeNotSupported("has dilations of %d and %d, which differ".formatted(rows.dilation(),
                    columns.dilation()), output);
        }
        return new ConvolutionSizes(toInt(rows.kernel()), toInt(columns.kernel()), toInt(rows.stride()),
                toInt(columns.stride()), toInt(rows.before()), toInt(columns.before()), toInt(rows.after()),
                toInt(columns.after()), toInt(dilation), toInt(groups));
    }

    private static int toInt(long value) {
        return Math.toIntExact(value);
    }
}
