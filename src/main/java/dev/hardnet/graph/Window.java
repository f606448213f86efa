package dev.hardnet.graph;

/**
 * The square window that a convolution moves over its input.
 *
 * @param kernel   rows and columns of the kernel, at least 1
 * @param stride   step between output positions, in input pixels, at least 1
 * @param padding  rows and columns of zeros on each side
 * @param dilation step between kernel taps, in input pixels, at least 1
 */
public record Window(int kernel, int stride, int padding, int dilation) {
    /**
     * The window that keeps height and width: stride 1, padding kernel / 2.
     *
     * @param kernel rows and columns of the kernel, odd
     * @return the window
     */
    public static Window same(int kernel) {
        return new Window(kernel, 1, kernel / 2, 1);
    }

    /**
     * The same window with another stride.
     *
     * @param value step between output positions
     * @return the window
     */
    public Window stride(int value) {
        return new Window(kernel, value, padding, dilation);
    }

    /**
     * The same window with another padding.
     *
     * @param value rows and columns of zeros on each side
     * @return the window
     */
    public Window padding(int value) {
        return new Window(kernel, stride, value, dilation);
    }

    /**
     * The same window with another dilation.
     *
     * @param value step between kernel taps
     * @return the window
     */
    public Window dilation(int value) {
        return new Window(kernel, stride, padding, value);
    }

    /** Rows and columns from the first tap to the last, both included. */
    int extent() {
        return (kernel - 1) * dilation + 1;
    }
}
