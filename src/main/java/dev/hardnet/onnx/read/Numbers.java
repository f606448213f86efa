package dev.hardnet.onnx.read;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The elements of a small tensor whose values decide shapes, in row-major order. */
final class Numbers {
    /** More elements than any shape or table of sizes has. */
    static final int MAX_COUNT = 4096;

    private final double[] values;
    private final boolean integers;

    Numbers(double[] values, boolean integers) {
        this.values = values;
        this.integers = integers;
    }

    static Numbers integers(List<Long> values) {
        return new Numbers(values.stream().mapToDouble(Long::doubleValue).toArray(), true);
    }

    int count() {
        return values.length;
    }

    double get(int index) {
        return values[index];
    }

    /** Whether the division of them truncates. */
    boolean areIntegers() {
        return integers;
    }

    List<Long> toLongs() {
        return Arrays.stream(values).mapToObj(value -> (long) value).toList();
    }

    Numbers asIntegers() {
        return new Numbers(Arrays.stream(values).map(value -> (long) value).toArray(), true);
    }

    Numbers asFractions() {
        return new Numbers(values, false);
    }

    @Override
    public String toString() {
        return Arrays.stream(values).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
