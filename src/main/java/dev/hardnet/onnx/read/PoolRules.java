package dev.hardnet.onnx.read;

import dev.hardnet.traffic.LayerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Pools over windows or whole maps, and reductions over any axes. */
final class PoolRules {
    private PoolRules() {
    }

    static Inference window(NodeCall node) {
        Dims input = node.dims(0);
        if (input.rank() != 4) {
            throw new NodeNotSupported("pools maps of %d dimensions, not 2".formatted(input.rank() - 2));
        }
        Dims output = input.with(2, positions(node, 0)).with(3, positions(node, 1));
        return Inference.of(LayerKind.POOL, List.of(output, output));
    }

    private static long positions(NodeCall node, int dimension) {
        long size = node.dims(0).get(2 + dimension);
        SlidingWindow window = SlidingWindow.of(node, dimension, node.pair("kernel_shape", 0).get(dimension), size);
        return node.integer("ceil_mode", 0) == 0 ? window.positions(size, node)
                : window.positionsWithLast(size, node);
    }

    static Inference global(NodeCall node) {
        List<Long> sizes = new ArrayList<>(node.dims(0).sizes());
        if (sizes.size() < 3) {
            throw node.fault("pools a tensor of %s, which is no map".formatted(node.dims(0)));
        }
        sizes.subList(2, sizes.size()).replaceAll(_ -> 1L);
        return Inference.of(LayerKind.GLOBAL_POOL, new Dims(sizes));
    }

    /** ReduceMean and its like: over height and width a global pool, else a norm's part. */
    static Inference reduce(NodeCall node) {
        Dims input = node.dims(0);
        List<Integer> axes = axes(node, input.rank());
        boolean wholeMap = input.rank() == 4 && axes.equals(List.of(2, 3));
        LayerKind kind = wholeMap ? LayerKind.GLOBAL_POOL : LayerKind.CHANNEL_NORM;
        return Inference.of(kind, reduced(input, axes, node.integer("keepdims", 1) != 0));
    }

    private static List<Integer> axes(NodeCall node, int rank) {
        List<Long> axes = node.integers(1, "axes").orElse(List.of());
        if (axes.isEmpty()) {
            boolean none = node.integer("noop_with_empty_axes", 0) != 0;
            return LongStream.range(0, none ? 0 : rank).mapToObj(axis -> (int) axis).toList();
        }
        return axes.stream().map(axis -> node.axis(axis, rank)).sorted().distinct().toList();
    }

    static Inference argMax(NodeCall node) {
        Dims input = node.dims(0);
        int axis = node.axis(node.integer("axis", 0), input.rank());
        return Inference.of(LayerKind.ARG_MAX, reduced(input, List.of(axis), node.integer("keepdims", 1) != 0));
    }

    private static Dims reduced(Dims input, List<Integer> axes, boolean kept) {
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < input.rank(); axis++) {
            if (!axes.contains(axis)) {
                sizes.add(input.get(axis));
            } else if (kept) {
                sizes.add(1L);
            }
        }
        return new Dims(sizes);
    }
}
