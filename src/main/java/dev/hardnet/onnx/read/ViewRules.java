package dev.hardnet.onnx.read;

import dev.hardnet.traffic.LayerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Operators that name the same elements otherwise, and those that move them about. */
final class ViewRules {
    /** What moves every element to another place costs what an element-wise operator costs. */
    static final LayerKind COPY = LayerKind.ELEMENTWISE;

    private ViewRules() {
    }

    static Inference same(NodeCall node) {
        return Inference.of(LayerKind.RESHAPE, List.of(node.dims(0), node.dims(0)));
    }

    static Inference flatten(NodeCall node) {
        Dims input = node.dims(0);
        long given = node.integer("axis", 1);
        int axis = given == input.rank() ? input.rank() : node.axis(given, input.rank());
        return Inference.of(LayerKind.RESHAPE, Dims.of(input.elements(0, axis), input.elements(axis, input.rank())));
    }

    static Inference reshape(NodeCall node) {
        Dims input = node.dims(0);
        List<Long> wanted = node.integers(1, "shape").orElseThrow(() -> node.fault("has no shape"));
        List<Long> sizes = new ArrayList<>(wanted);
        for (int axis = 0; axis < sizes.size(); axis++) {
            if (sizes.get(axis) == 0 && axis < input.rank() && node.integer("allowzero", 0) == 0) {
                sizes.set(axis, input.get(axis));
            }
        }
        int open = sizes.indexOf(-1L);
        if (open >= 0) {
            sizes.set(open, 1L);
            long known = new Dims(sizes).elements();
            sizes.set(open, known == 0 ? 0 : input.elements() / known);
        }
        if (sizes.contains(-1L) || new Dims(sizes).elements() != input.elements()) {
            throw node.fault("reshapes a tensor of %s to %s, which does not fit".formatted(input, wanted));
        }
        return Inference.of(LayerKind.RESHAPE, new Dims(sizes));
    }

    static Inference squeeze(NodeCall node) {
        Dims input = node.dims(0);
        List<Integer> axes = node.integers(1, "axes")
                .map(given -> given.stream().map(axis -> node.axis(axis, input.rank())).toList())
                .orElseGet(() -> IntStream.range(0, input.rank()).filter(axis -> input.get(axis) == 1).boxed()
                        .toList());
        if (axes.stream().anyMatch(axis -> input.get(axis) != 1)) {
            throw node.fault("squeezes axes %s of a tensor of %s".formatted(axes, input));
        }
        return Inference.of(LayerKind.RESHAPE, new Dims(IntStream.range(0, input.rank())
                .filter(axis -> !axes.contains(axis)).mapToObj(input::get).toList()));
    }

    static Inference unsqueeze(NodeCall node) {
        Dims input = node.dims(0);
        List<Long> given = node.integers(1, "axes").orElseThrow(() -> node.fault("has no axes"));
        int rank = input.rank() + given.size();
        List<Long> sizes = new ArrayList<>(input.sizes());
        new TreeSet<>(given.stream().map(axis -> node.axis(axis, rank)).toList())
                .forEach(axis -> sizes.add(Math.min(axis, sizes.size()), 1L));
        return Inference.of(LayerKind.RESHAPE, new Dims(sizes));
    }

    /** A transpose moves nothing where only axes of size 1 change their places. */
    static Inference transpose(NodeCall node) {
        Dims input = node.dims(0);
        List<Integer> order = order(node, input.rank());
        List<Integer> moving = order.stream().filter(axis -> input.get(axis) != 1).toList();
        boolean moves = !moving.equals(moving.stream().sorted().toList());
        return Inference.of(moves ? COPY : LayerKind.RESHAPE, new Dims(order.stream().map(input::get).toList()));
    }

    static List<Integer> order(NodeCall node, int rank) {
        List<Integer> all = IntStream.range(0, rank).boxed().toList();
        List<Integer> order = node.integers("perm").map(axes -> axes.stream().map(Long::intValue).toList())
                .orElse(new ArrayList<>(all).reversed());
        if (!order.stream().sorted().toList().equals(all)) {
            throw node.fault("permutes %d axes by %s".formatted(rank, order));
        }
        return order;
    }

    static Inference expand(NodeCall node) {
        Dims output = Broadcast.of(node, node.dims(0), new Dims(node.content(1).toLongs()));
        return Inference.of(output.equals(node.dims(0)) ? LayerKind.RESHAPE : COPY, output);
    }

    static Inference pad(NodeCall node) {
        Dims input = node.dims(0);
        List<Long> pads = node.integers(1, "pads").orElseThrow(() -> node.fault("has no pads"));
        int rank = input.rank();
        List<Integer> axes = node.optional(3).map(_ -> node.content(3).toLongs().stream()
                .map(axis -> node.axis(axis, rank)).toList()).orElse(IntStream.range(0, rank).boxed().toList());
        if (pads.size() != 2 * axes.size()) {
            throw node.fault("has %d pads for %d axes".formatted(pads.size(), axes.size()));
        }
        Dims output = input;
        for (int i = 0; i < axes.size(); i++) {
            int axis = axes.get(i);
            long padded = Math.addExact(output.get(axis), Math.addExact(pads.get(i), pads.get(i + axes.size())));
            output = output.with(axis, padded);
        }
        boolean padsNothing = pads.stream().allMatch(pad -> pad == 0);
        return Inference.of(padsNothing ? LayerKind.RESHAPE : COPY, output);
    }

    static Inference depthToSpace(NodeCall node) {
        Dims input = node.dims(0);
        long block = node.integer("blocksize", 0);
        if (input.rank() != 4 || block < 1 || input.get(1) % (block * block) != 0) {
            throw node.fault("spreads blocks of %d from a tensor of %s".formatted(block, input));
        }
        return Inference.of(COPY, Dims.of(input.get(0), input.get(1) / (block * block),
                Math.multiplyExact(input.get(2), block), Math.multiplyExact(input.get(3), block)));
    }

    static Inference spaceToDepth(NodeCall node) {
        Dims input = node.dims(0);
        long block = node.integer("blocksize", 0);
        if (input.rank() != 4 || block < 1 || input.get(2) % block != 0 || input.get(3) % block != 0) {
            throw node.fault("gathers blocks of %d from a tensor of %s".formatted(block, input));
        }
        return Inference.of(COPY, Dims.of(input.get(0), Math.multiplyExact(input.get(1), block * block),
                input.get(2) / block, input.get(3) / block));
    }
}
