package dev.hardnet.onnx.read;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Computes small tensors that decide shapes: the arithmetic between a Shape and a Reshape. */
final class Folding {
    private Folding() {
    }

    /** What a node writes, where all it reads is known and small; empty for operators that compute no shapes. */
    static Optional<Numbers> content(NodeCall node, Dims output) {
        boolean known = node.inputs().stream().allMatch(value -> value.content().isPresent());
        if (!known || node.inputs().isEmpty() || output.elements() > Numbers.MAX_COUNT) {
            return Optional.empty();
        }
        return switch (node.type()) {
            case "Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten" -> node.input(0).content();
            case "Cast" -> Optional.of(cast(node));
            case "Floor" -> Optional.of(each(node, Math::floor));
            case "Ceil" -> Optional.of(each(node, Math::ceil));
            case "Neg" -> Optional.of(each(node, value -> -value));
            case "Gather", "Slice", "Transpose", "Concat", "Expand" -> Optional.of(IndexFolding.content(node, output));
            case "Add" -> joined(node, output, Double::sum);
            case "Sub" -> joined(node, output, (a, b) -> a - b);
            case "Mul" -> joined(node, output, (a, b) -> a * b);
            case "Div" -> joined(node, output, quotient(node));
            case "Mod" -> joined(node, output, modulus(node));
            case "Max" -> joined(node, output, Math::max);
            case "Min" -> joined(node, output, Math::min);
            case "Equal" -> joined(node, output, (a, b) -> a == b ? 1 : 0);
            case "Where" -> Optional.of(where(node, output));
            case "ReduceProd" -> node.dims(0).rank() == 1 ? Optional.of(product(node)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Numbers cast(NodeCall node) {
        Numbers numbers = node.content(0);
        boolean fractions = List.of(1L, 10L, 11L, 16L).contains(node.integer("to", 1));
        return fractions ? numbers.asFractions() : numbers.asIntegers();
    }

    private static Numbers each(NodeCall node, DoubleUnaryOperator operator) {
        Numbers numbers = node.content(0);
        double[] values = new double[numbers.count()];
        Arrays.setAll(values, i -> operator.applyAsDouble(numbers.get(i)));
        return new Numbers(values, numbers.areIntegers());
    }

    private static DoubleBinaryOperator quotient(NodeCall node) {
        boolean truncates = node.content(0).areIntegers();
        return (a, b) -> truncates ? (long) a / divisor(node, b) : a / b;
    }

    private static DoubleBinaryOperator modulus(NodeCall node) {
        return (a, b) -> Math.floorMod((long) a, divisor(node, b));
    }

    private static long divisor(NodeCall node, double divisor) {
        if (divisor == 0) {
            throw node.fault("divides a size by 0");
        }
        return (long) divisor;
    }

    private static Optional<Numbers> joined(NodeCall node, Dims output, DoubleBinaryOperator operator) {
        if (node.inputs().size() != 2) {
            return Optional.empty();
        }
        Numbers left = node.content(0);
        Numbers right = node.content(1);
        double[] values = new double[(int) output.elements()];
        Arrays.setAll(values, i -> operator.applyAsDouble(left.get(IndexFolding.stretched(i, output, node.dims(0))),
                right.get(IndexFolding.stretched(i, output, node.dims(1)))));
        return Optional.of(new Numbers(values, left.areIntegers()));
    }

    private static Numbers where(NodeCall node, Dims output) {
        double[] values = new double[(int) output.elements()];
        Arrays.setAll(values, i -> {
            int chosen = node.content(0).get(IndexFolding.stretched(i, output, node.dims(0))) != 0 ? 1 : 2;
            return node.content(chosen).get(IndexFolding.stretched(i, output, node.dims(chosen)));
        });
        return new Numbers(values, node.content(1).areIntegers());
    }

    private static Numbers product(NodeCall node) {
        return Numbers.integers(List.of(node.content(0).toLongs().stream().reduce(1L, Math::multiplyExact)));
    }
}
