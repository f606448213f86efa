package dev.hardnet.traffic;

/**
 * The window of a convolution, and how it moves.
 *
 * @param kernelHeight  rows of the window
 * @param kernelWidth   columns of the window
 * @param strideHeight  rows between windows
 * @param strideWidth   columns between windows
 * @param paddingTop    rows of zeros above the map
 * @param paddingLeft   columns of zeros left of the map
 * @param paddingBottom rows of zeros below the map
 * @param paddingRight  columns of zeros right of the map
 * @param dilation      pixels between neighbouring taps of the window, 1 for a dense one
 * @param groups        groups of channels, each convolved alone
 */
public record ConvolutionSizes(int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
        int paddingTop, int paddingLeft, int paddingBottom, int paddingRight, int dilation, int groups) {
}
