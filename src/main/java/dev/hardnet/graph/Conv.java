package dev.hardnet.graph;

import java.util.List;

/**
 * A dense square convolution with its folded batch norm, bias and activation. Output size:
 * floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1, as PyTorch's Conv2d.
 *
 * @param name       the module's name
 * @param input      what is read: N x C x H x W
 * @param output     what is written
 * @param kernel     rows and columns of the kernel
 * @param stride     step between output positions, in input pixels
 * @param padding    rows and columns of zeros on each side
 * @param dilation   step between kernel taps, in input pixels
 * @param activation what is applied to each output
 * @param keys       where the weights are found
 */
public record Conv(String name, View input, FeatureMap output, int kernel, int stride, int padding, int dilation,
                   Activation activation, Parameters keys) implements Weighted {
    @Override
    public String kind() {
        return OperatorText.convolution("conv", kernel, stride, dilation, activation);
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }

    /**
     * The weight's sizes.
     *
     * @return outputs x inputs x kernel x kernel
     */
    @Override
    public List<Integer> weightShape() {
        return List.of(output.shape().c(), input.shape().c(), kernel, kernel);
    }

    @Override
    public long macs() {
        return output.shape().elements() * input.shape().c() * kernel * kernel;
    }
}
