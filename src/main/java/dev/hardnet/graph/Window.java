package dev.hardnet.graph;

/**
 * The window that a convolution moves over its input.
 *
 * @param kernelHeight  rows of the kernel, at least 1
 * @param kernelWidth   columns of the kernel, at least 1
 * @param stride        step between output positions, in input pixels, at least 1
 * @param paddingHeight rows of zeros at the top and at the bottom
 * @param paddingWidth  columns of zeros at the left and at the right
 * @param dilation      step between kernel taps, in input pixels, at least 1
 */
public record Window(int kernelHeight, int kernelWidth, int stride, int paddingHeight, int paddingWidth,
                     int dilation) {
    /**
     * A square window.
     *
     * @param kernel   rows and columns of the kernel
     * @param stride   step between output positions, in input pixels
     * @param padding  rows and columns of zeros on each side
     * @param dilation step between kernel taps, in input pixels
     */
    public Window(int kernel, int stride, int padding, int dilation) {
        this(kernel, kernel, stride, padding, padding, dilation);
    }

    /**
     * The square window that keeps height and width: stride 1, padding kernel / 2.
     *
     * @param kernel rows and columns of the kernel, odd
     * @return the window
     */
    public static Window same(int kernel) {
        return same(kernel, kernel);
    }

    /**
     * The window that keeps height and width: stride 1, half the kernel as padding.
     *
     * @param kernelHeight rows of the kernel, odd
     * @param kernelWidth  columns of the kernel, odd
     * @return the window
     */
    public static Window same(int kernelHeight, int kernelWidth) {
        return new Window(kernelHeight, kernelWidth, 1, kernelHeight / 2, kernelWidth / 2, 1);
    }

    /**
     * The same window with another stride.
     *
     * @param value step between output positions
     * @return the window
     */
    public Window stride(int value) {
        return new Window(kernelHeight, kernelWidth, value, paddingHeight, paddingWidth, dilation);
    }

    /**
     * The same window with another padding.
     *
     * @param value rows and columns of zeros on each side
     * @return the window
     */
    public Window padding(int value) {
        return new Window(kernelHeight, kernelWidth, stride, value, value, dilation);
    }

    /**
     * The same window with another dilation.
     *
     * @param value step between kernel taps
     * @return the window
     */
    public Window dilation(int value) {
        return new Window(kernelHeight, kernelWidth, stride, paddingHeight, paddingWidth, value);
    }

    /** Whether each output position reads the one pixel at its place. */
    boolean isOnePixel() {
        return kernelHeight == 1 && kernelWidth == 1 && stride == 1 && paddingHeight == 0 && paddingWidth == 0;
    }

    boolean isSquare() {
        return kernelHeight == kernelWidth && paddingHeight == paddingWidth;
    }

    /** The fewest rows of a map that the window fits into, 0 or less where the padding alone is enough. */
    int leastHeight() {
        return extent(kernelHeight) - 2 * paddingHeight;
    }

    /** The fewest columns of a map that the window fits into, 0 or less where the padding alone is enough. */
    int leastWidth() {
        return extent(kernelWidth) - 2 * paddingWidth;
    }

    /** Rows or columns from the first tap to the last, both included. */
    private int extent(int kernel) {
        return (kernel - 1) * dilation + 1;
    }
}
