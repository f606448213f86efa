package dev.hardnet.backend.cuda;

import dev.hardnet.Precision;
import dev.hardnet.backend.cuda.KernelParams.Limits;
import dev.hardnet.graph.Window;

/**
 * A convolution without its addresses: all that decides how it is best computed.
 *
 * @param precision of maps and arithmetic
 * @param input     what is read
 * @param output    what is written
 * @param window    kernel, stride, padding, dilation
 * @param limits    what results are limited to
 * @param channels  input channels without padding
 * @param outputs   output channels without padding
 * @param places    how many places the result is written to, at least 1
 */
record ConvolutionProblem(Precision precision, TensorLayout input, TensorLayout output, Window window, Limits limits,
                          int channels, int outputs, int places) {
    /** The filter's sizes: outputs x inputs x rows x columns. */
    int[] filterDimensions() {
        return new int[] {output.c(), input.c(), window.kernelHeight(), window.kernelWidth()};
    }
}
