package dev.hardnet.onnx.read;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Moves the elements of small tensors: each element of the output is one of an input. */
final class IndexFolding {
    private IndexFolding() {
    }

    static Numbers content(NodeCall node, Dims output) {
        ToDoubleFunction<long[]> source = switch (node.type()) {
            case "Gather" -> gathered(node);
            case "Slice" -> sliced(node);
            case "Transpose" -> transposed(node);
            case "Concat" -> concatenated(node);
            case "Expand" -> at -> node.content(0).get(index(stretched(at, node.dims(0)), node.dims(0)));
            default -> throw new AssertionError(node.type());
        };
        double[] values = new double[(int) output.elements()];
        Arrays.setAll(values, i -> source.applyAsDouble(coordinates(i, output)));
        return new Numbers(values, node.content(0).areIntegers());
    }

    private static ToDoubleFunction<long[]> gathered(NodeCall node) {
        Dims input = node.dims(0);
        Dims indices = node.dims(1);
        int axis = node.axis(node.integer("axis", 0), input.rank());
        return at -> {
            long[] chosen = Arrays.copyOfRange(at, axis, axis + indices.rank());
            long wanted = (long) node.content(1).get(index(chosen, indices));
            long[] source = new long[input.rank()];
            System.arraycopy(at, 0, source, 0, axis);
            source[axis] = node.axis(wanted, (int) input.get(axis));
            System.arraycopy(at, axis + indices.rank(), source, axis + 1, input.rank() - axis - 1);
            return node.content(0).get(index(source, input));
        };
    }

    private static ToDoubleFunction<long[]> sliced(NodeCall node) {
        List<AxisRange> ranges = AxisRange.of(node);
        return at -> {
            ranges.forEach(range -> at[range.axis()] = range.start() + at[range.axis()] * range.step());
            return node.content(0).get(index(at, node.dims(0)));
        };
    }

    private static ToDoubleFunction<long[]> transposed(NodeCall node) {
        List<Integer> order = ViewRules.order(node, node.dims(0).rank());
        return at -> {
            long[] source = new long[at.length];
            for (int axis = 0; axis < source.length; axis++) {
                source[order.get(axis)] = at[axis];
            }
            return node.content(0).get(index(source, node.dims(0)));
        };
    }

    private static ToDoubleFunction<long[]> concatenated(NodeCall node) {
        int axis = node.axis(node.integer("axis", 1), node.dims(0).rank());
        return at -> {
            for (OnnxValue part : node.inputs()) {
                if (at[axis] < part.dims().get(axis)) {
                    return part.content().orElseThrow().get(index(at, part.dims()));
                }
                at[axis] -= part.dims().get(axis);
            }
            throw new AssertionError(node.type());
        };
    }

    /** The element of a tensor that broadcasting puts at an index of the output. */
    static int stretched(int index, Dims output, Dims source) {
        return index(stretched(coordinates(index, output), source), source);
    }

    private static long[] stretched(long[] at, Dims source) {
        long[] own = new long[source.rank()];
        for (int axis = 0; axis < own.length; axis++) {
            own[axis] = source.get(axis) == 1 ? 0 : at[at.length - own.length + axis];
        }
        return own;
    }

    private static long[] coordinates(int index, Dims dims) {
        long[] coordinates = new long[dims.rank()];
        long rest = index;
        for (int axis = dims.rank() - 1; axis >= 0; axis--) {
            coordinates[axis] = rest % dims.get(axis);
            rest /= dims.get(axis);
        }
        return coordinates;
    }

    private static int index(long[] coordinates, Dims dims) {
        long index = 0;
        for (int axis = 0; axis < coordinates.length; axis++) {
            index = index * dims.get(axis) + coordinates[axis];
        }
        return (int) index;
    }
}
