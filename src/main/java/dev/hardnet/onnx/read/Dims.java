package dev.hardnet.onnx.read;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sizes of a tensor of any rank.
 *
 * @param sizes none is negative; none at all for a scalar
 */
record Dims(List<Long> sizes) {
    Dims {
        sizes = List.copyOf(sizes);
        if (sizes.stream().anyMatch(size -> size < 0)) {
            throw new HarDNetException("A tensor of sizes %s was found; sizes must not be negative.".formatted(sizes));
        }
    }

    static Dims of(long... sizes) {
        List<Long> list = new ArrayList<>();
        for (long size : sizes) {
            list.add(size);
        }
        return new Dims(list);
    }

    int rank() {
        return sizes.size();
    }

    long get(int axis) {
        return sizes.get(axis);
    }

    /** The number of elements; an ArithmeticException where no long holds it. */
    long elements() {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    /** The elements from one axis to another, which is not included. */
    long elements(int from, int to) {
        return new Dims(sizes.subList(from, to)).elements();
    }

    Dims with(int axis, long size) {
        List<Long> changed = new ArrayList<>(sizes);
        changed.set(axis, size);
        return new Dims(changed);
    }

    /** The sizes as those of a map: batch, channels, rows, and all behind them the columns. */
    Shape shape() {
        return new Shape(size(0), size(1), size(2), rank() > 3 ? Math.toIntExact(elements(3, rank())) : 1);
    }

    private int size(int axis) {
        return axis < rank() ? Math.toIntExact(get(axis)) : 1;
    }

    /** For example {@code 1x3x224x224}. */
    @Override
    public String toString() {
        return sizes.isEmpty() ? "scalar" : sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
