package dev.hardnet.graph;

import java.util.List;

/**
 * A dense square transposed convolution (PyTorch's ConvTranspose2d) with bias and activation: every input pixel adds
 * the kernel to the output, {@code stride} pixels apart.
 *
 * @param name       the module's name
 * @param input      what is read: N x C x H x W
 * @param output     what is written, at most (size - 1) stride + kernel - padding rows and columns
 * @param kernel     rows and columns of the kernel
 * @param stride     step between input pixels, in output pixels
 * @param padding    rows and columns cropped at the top and the left; what the output's size leaves is cropped at the
 *                   bottom and the right
 * @param activation what is applied to each output
 * @param keys       where the weights are found
 */
public record TransposedConv(String name, View input, FeatureMap output, int kernel, int stride, int padding,
                             Activation activation, Parameters keys) implements Weighted {
    @Override
    public String kind() {
        return OperatorText.convolution("transposed conv", new Window(kernel, stride, padding, 1), activation);
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }

    /**
     * The weight's sizes.
     *
     * @return inputs x outputs x kernel x kernel
     */
    @Override
    public List<Integer> weightShape() {
        return List.of(input.shape().c(), output.shape().c(), kernel, kernel);
    }

    @Override
    public int outputDimension() {
        return 1;
    }

    @Override
    public long macs() {
        return input.shape().elements() * output.shape().c() * kernel * kernel;
    }
}
