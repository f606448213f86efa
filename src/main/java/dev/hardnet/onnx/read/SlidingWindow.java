package dev.hardnet.onnx.read;

import java.util.List;

/**
 * One dimension of a window: how far it reaches, and how it moves.
 *
 * @param kernel   its taps
 * @param stride   elements between windows
 * @param dilation elements between taps
 * @param before   elements of padding before the map
 * @param after    elements of padding behind it
 */
record SlidingWindow(long kernel, long stride, long dilation, long before, long after) {
    /** The dimension that a node's attributes tell: 0 for rows, 1 for columns. */
    static SlidingWindow of(NodeCall node, int dimension, long kernel, long size) {
        long stride = node.pair("strides", 1).get(dimension);
        long dilation = kernel == 1 ? 1 : node.pair("dilations", 1).get(dimension);
        if (kernel < 1 || stride < 1 || dilation < 1) {
            throw node.fault("has a window of %d taps, stride %d, dilation %d; each must be at least 1"
                    .formatted(kernel, stride, dilation));
        }
        List<Long> pads = node.integers("pads").orElse(List.of(0L, 0L, 0L, 0L));
        if (pads.size() != 4 || pads.stream().anyMatch(pad -> pad < 0)) {
            throw node.fault("has pads %s; expected are 4 that are not negative".formatted(pads));
        }
        SlidingWindow window = new SlidingWindow(kernel, stride, dilation, pads.get(dimension),
                pads.get(dimension + 2));
        return switch (node.text("auto_pad", "NOTSET")) {
            case "NOTSET", "" -> window;
            case "VALID" -> window.padded(0, 0);
            case "SAME_UPPER" -> window.paddedForSame(size, false);
            case "SAME_LOWER" -> window.paddedForSame(size, true);
            default -> throw node.fault("has auto_pad '%s', which ONNX does not know"
                    .formatted(node.text("auto_pad", "")));
        };
    }

    private SlidingWindow paddedForSame(long size, boolean moreBefore) {
        long total = Math.max(0, (Math.ceilDiv(size, stride) - 1) * stride + extent() - size);
        long before = moreBefore ? total - total / 2 : total / 2;
        return padded(before, total - before);
    }

    SlidingWindow padded(long newBefore, long newAfter) {
        return new SlidingWindow(kernel, stride, dilation, newBefore, newAfter);
    }

    /** Elements from the first tap to the last, both included. */
    long extent() {
        return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
    }

    /** The number of windows that lie within the padded map. */
    long positions(long size, NodeCall node) {
        long room = Math.addExact(size, before + after) - extent();
        if (room < 0) {
            throw node.fault("has a window of %d elements, which does not fit %d padded by %d and %d".formatted(
                    extent(), size, before, after));
        }
        return room / stride + 1;
    }

    /** The same, and one that overlaps the end, unless it begins behind the map. */
    long positionsWithLast(long size, NodeCall node) {
        long whole = positions(size, node);
        boolean isExact = (size + before + after - extent()) % stride == 0;
        boolean beginsInside = whole * stride < size + before;
        return !isExact && beginsInside ? whole + 1 : whole;
    }
}
