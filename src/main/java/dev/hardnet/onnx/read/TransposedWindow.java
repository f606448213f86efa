package dev.hardnet.onnx.read;

/**
 * One dimension of a transposed convolution.
 *
 * @param window the window; its padding is what is cropped
 * @param output elements that it writes
 */
record TransposedWindow(SlidingWindow window, long output) {
    static TransposedWindow of(NodeCall node, int dimension, long kernel, long size) {
        String automatic = node.text("auto_pad", "NOTSET");
        SlidingWindow window = SlidingWindow.of(node, dimension, kernel, size);
        long added = node.pair("output_padding", 0).get(dimension);
        long whole = Math.addExact(Math.multiplyExact(size - 1, window.stride()), window.extent()) + added;
        if (automatic.startsWith("SAME") || node.integers("output_shape").isPresent()) {
            return cropped(node, window, whole, node.pair("output_shape", size * window.stride()).get(dimension));
        }
        return new TransposedWindow(window, positive(node, whole - window.before() - window.after()));
    }

    private static TransposedWindow cropped(NodeCall node, SlidingWindow window, long whole, long wanted) {
        long crop = Math.max(0, whole - wanted);
        long before = node.text("auto_pad", "").equals("SAME_UPPER") ? crop / 2 : crop - crop / 2;
        return new TransposedWindow(window.padded(before, crop - before), positive(node, wanted));
    }

    private static long positive(NodeCall node, long output) {
        if (output < 1) {
            throw node.fault("would write a map of %d rows or columns".formatted(output));
        }
        return output;
    }
}
