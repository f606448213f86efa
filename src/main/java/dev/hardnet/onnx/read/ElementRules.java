package dev.hardnet.onnx.read;

import dev.hardnet.traffic.LayerKind;

/** Operators that work element by element, or whose output has the sizes of their input. */
final class ElementRules {
    private ElementRules() {
    }

    /** Relu and its like. */
    static Inference activation(NodeCall node) {
        return Inference.of(LayerKind.ACTIVATION, node.dims(0));
    }

    static Inference prelu(NodeCall node) {
        return activation(node).weights(node.dims(1).elements());
    }

    static Inference batchNorm(NodeCall node) {
        Dims input = node.dims(0);
        long channels = input.rank() < 2 ? 1 : input.get(1);
        for (int parameter = 1; parameter < 5; parameter++) {
            if (node.dims(parameter).elements() != channels) {
                throw node.fault("reads a map of %s with %d values for each channel's norm".formatted(input,
                        node.dims(parameter).elements()));
            }
        }
        return Inference.of(LayerKind.BATCH_NORM, input).weights(2 * channels);
    }

    /** Softmax, LRN and their like. */
    static Inference channelNorm(NodeCall node) {
        return Inference.of(LayerKind.CHANNEL_NORM, node.dims(0));
    }

    static Inference layerNorm(NodeCall node) {
        long shift = node.optional(2).map(value -> value.dims().elements()).orElse(0L);
        return channelNorm(node).weights(node.dims(1).elements() + shift);
    }

    /** Add, Mul, Sum and their like: constant operands are weights. */
    static Inference joined(NodeCall node) {
        Dims output = node.dims(0);
        for (OnnxValue operand : node.inputs()) {
            output = Broadcast.of(node, output, operand.dims());
        }
        long weights = node.inputs().stream().filter(OnnxValue::constant).mapToLong(value -> value.dims().elements())
                .sum();
        return Inference.of(LayerKind.ELEMENTWISE, output).weights(weights);
    }
}
