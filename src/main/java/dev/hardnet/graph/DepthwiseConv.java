package dev.hardnet.graph;

import java.util.List;

/**
 * A square convolution of each channel by itself, with its folded batch norm and activation.
 *
 * @param name       the module's name
 * @param input      what is read: N x C x H x W
 * @param output     what is written, as many channels as are read
 * @param kernel     rows and columns of the kernel
 * @param stride     step between output positions, in input pixels
 * @param padding    rows and columns of zeros on each side
 * @param activation what is applied to each output
 * @param keys       where the weights are found
 */
public record DepthwiseConv(String name, View input, FeatureMap output, int kernel, int stride, int padding,
                            Activation activation, Parameters keys) implements Weighted {
    @Override
    public String kind() {
        return OperatorText.convolution("depthwise", new Window(kernel, stride, padding, 1), activation);
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }

    /**
     * The weight's sizes.
     *
     * @return channels x 1 x kernel x kernel
     */
    @Override
    public List<Integer> weightShape() {
        return List.of(output.shape().c(), 1, kernel, kernel);
    }

    @Override
    public long macs() {
        return output.shape().elements() * kernel * kernel;
    }
}
