package dev.hardnet.graph;

import java.util.List;

/**
 * A dense convolution with its folded batch norm, bias and activation. Output size:
 * floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1, as PyTorch's Conv2d.
 *
 * @param name       the module's name
 * @param input      what is read: N x C x H x W
 * @param output     what is written
 * @param window     kernel, stride, padding, dilation
 * @param activation what is applied to each output
 * @param keys       where the weights are found
 */
public record Conv(String name, View input, FeatureMap output, Window window, Activation activation,
                   Parameters keys) implements Weighted {
    @Override
    public String kind() {
        return OperatorText.convolution("conv", window, activation);
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }

    /**
     * The weight's sizes.
     *
     * @return outputs x inputs x kernel height x kernel width
     */
    @Override
    public List<Integer> weightShape() {
        return List.of(output.shape().c(), input.shape().c(), window.kernelHeight(), window.kernelWidth());
    }

    @Override
    public long macs() {
        return output.shape().elements() * input.shape().c() * window.kernelHeight() * window.kernelWidth();
    }
}
