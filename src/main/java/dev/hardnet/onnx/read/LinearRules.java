package dev.hardnet.onnx.read;

import dev.hardnet.traffic.LayerKind;

/** Gemm and MatMul: linear layers where one matrix is a weight. */
final class LinearRules {
    private LinearRules() {
    }

    static Inference gemm(NodeCall node) {
        Dims left = matrix(node, 0, "transA");
        Dims right = matrix(node, 1, "transB");
        if (left.get(1) != right.get(0)) {
            throw node.fault("multiplies %s by %s, which do not fit".formatted(left, right));
        }
        Dims output = Dims.of(left.get(0), right.get(1));
        return linear(node, output, left.get(1));
    }

    private static Dims matrix(NodeCall node, int input, String transposed) {
        Dims dims = node.dims(input);
        if (dims.rank() != 2) {
            throw node.fault("multiplies a tensor of %s, which is no matrix".formatted(dims));
        }
        return node.integer(transposed, 0) == 0 ? dims : Dims.of(dims.get(1), dims.get(0));
    }

    static Inference matMul(NodeCall node) {
        Dims left = node.dims(0);
        Dims right = node.dims(1);
        if (left.rank() < 1 || right.rank() < 2) {
            throw new NodeNotSupported("multiplies by a vector of %s".formatted(right));
        }
        long inner = left.get(left.rank() - 1);
        if (inner != right.get(right.rank() - 2)) {
            throw node.fault("multiplies %s by %s, which do not fit".formatted(left, right));
        }
        return linear(node, product(node, left, right), inner);
    }

    private static Dims product(NodeCall node, Dims left, Dims right) {
        if (right.rank() == 2) {
            return left.with(left.rank() - 1, right.get(1));
        }
        if (left.rank() < 2) {
            throw new NodeNotSupported("multiplies a vector of %s".formatted(left));
        }
        Dims rows = left.with(left.rank() - 1, 1);
        Dims columns = right.with(right.rank() - 2, 1);
        return Broadcast.of(node, rows, columns);
    }

    private static Inference linear(NodeCall node, Dims output, long inner) {
        if (!node.input(1).constant()) {
            throw new NodeNotSupported("multiplies by a matrix that is computed, which is no linear layer", output);
        }
        long bias = node.optional(2).map(value -> value.dims().elements()).orElse(0L);
        return Inference.of(LayerKind.LINEAR, output).macs(Math.multiplyExact(output.elements(), inner))
                .weights(node.dims(1).elements() + bias);
    }
}
