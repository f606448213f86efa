package dev.hardnet.weights;

import java.util.List;

/**
 * Which elements of a storage make up a tensor, in row-major order: element (i, j, ...) is number
 * {@code offset + i * strides[0] + j * strides[1] + ...} of the storage.
 *
 * @param offset  the first element
 * @param shape   the sizes
 * @param strides steps between neighbours in each dimension, in elements
 */
record StridedLayout(long offset, List<Integer> shape, List<Long> strides) {
    /** PyTorch's own limit. */
    static final int MAX_RANK = 64;

    StridedLayout {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    static StridedLayout contiguous(List<Integer> shape) {
        Long[] strides = new Long[shape.size()];
        long step = 1;
        for (int d = strides.length - 1; d >= 0; d--) {
            strides[d] = step;
            step *= Math.max(1, shape.get(d));
        }
        return new StridedLayout(0, shape, List.of(strides));
    }

    /** The product of the sizes, {@link Long#MAX_VALUE} when it does not fit. */
    static long elements(List<Integer> shape) {
        if (shape.contains(0)) {
            return 0;
        }
        long elements = 1;
        for (int d = 0; d < shape.size(); d++) {
            if (elements > Long.MAX_VALUE / shape.get(d)) {
                return Long.MAX_VALUE;
            }
            elements *= shape.get(d);
        }
        return elements;
    }

    long elements() {
        return elements(shape);
    }

    /** Whether every element is one of the first {@code count} of the storage. */
    boolean fitsIn(long count) {
        if (elements() == 0) {
            return offset <= count;
        }
        try {
            long last = offset;
            for (int d = 0; d < shape.size(); d++) {
                last = Math.addExact(last, Math.multiplyExact(shape.get(d) - 1L, strides.get(d)));
            }
            return last < count;
        } catch (ArithmeticException _) {
            return false;
        }
    }

    /** Whether the elements lie one behind the other. */
    boolean isContiguous() {
        long step = 1;
        for (int d = shape.size() - 1; d >= 0; d--) {
            if (shape.get(d) != 1 && strides.get(d) != step) {
                return false;
            }
            step *= shape.get(d);
        }
        return true;
    }

    /** Calls {@code visitor} for {@code count} elements from the {@code first} on, in row-major order. */
    void forEach(int first, int count, Visitor visitor) {
        int[] position = new int[shape.size()];
        long index = start(first, position);
        for (int i = 0; i < count; i++) {
            visitor.visit(first + i, index);
            index = next(position, index);
        }
    }

    /** Where the element at a place in row-major order stands in the storage; writes its position. */
    private long start(int row, int[] position) {
        long index = offset;
        int left = row;
        for (int d = position.length - 1; d >= 0 && left > 0; d--) {
            position[d] = left % shape.get(d);
            left /= shape.get(d);
            index += position[d] * strides.get(d);
        }
        return index;
    }

    /** Counts {@code position} up by one, the last dimension first, and moves the index along. */
    private long next(int[] position, long index) {
        long moved = index;
        for (int d = position.length - 1; d >= 0; d--) {
            moved += strides.get(d);
            position[d]++;
            if (position[d] < shape.get(d)) {
                return moved;
            }
            moved -= strides.get(d) * shape.get(d);
            position[d] = 0;
        }
        return moved;
    }

    /** Takes one element. */
    interface Visitor {
        /**
         * Takes one element.
         *
         * @param row   its place in row-major order
         * @param index its place in the storage
         */
        void visit(int row, long index);
    }
}
