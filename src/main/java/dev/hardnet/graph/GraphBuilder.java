package dev.hardnet.graph;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a graph operator by operator, computing every output's sizes. */
public final class GraphBuilder {
    private final FeatureMap input;
    private final List<Operator> operators = new ArrayList<>();
    private final Map<String, FeatureMap> outputs = new LinkedHashMap<>();

    /**
     * Starts a graph.
     *
     * @param inputShape the network input's sizes, N x C x H x W
     */
    public GraphBuilder(Shape inputShape) {
        input = new FeatureMap(0, "input", inputShape);
    }

    /**
     * The network's input.
     *
     * @return a view of the whole input
     */
    public View input() {
        return View.of(input);
    }

    /**
     * Adds a dense convolution of stride 1 or more with padding kernel / 2.
     *
     * @param name       the module's name
     * @param from       what is read
     * @param channels   output channels
     * @param kernel     rows and columns of the kernel
     * @param stride     step between output positions
     * @param activation what is applied to each output
     * @param keys       where the weights are found
     * @return all of the output
     * @throws HarDNetException when nothing would be left of the map
     */
    public View conv(String name, View from, int channels, int kernel, int stride, Activation activation,
                     Parameters keys) {
        FeatureMap output = window(name, from.shape(), channels, kernel, stride, kernel / 2, false);
        return add(new Conv(name, from, output, kernel, stride, kernel / 2, 1, activation, keys));
    }

    /**
     * Adds a depthwise convolution with padding kernel / 2.
     *
     * @param name       the module's name
     * @param from       what is read
     * @param kernel     rows and columns of the kernel
     * @param stride     step between output positions
     * @param activation what is applied to each output
     * @param keys       where the weights are found
     * @return all of the output
     * @throws HarDNetException when nothing would be left of the map
     */
    public View depthwiseConv(String name, View from, int kernel, int stride, Activation activation,
                              Parameters keys) {
        FeatureMap output = window(name, from.shape(), from.shape().c(), kernel, stride, kernel / 2, false);
        return add(new DepthwiseConv(name, from, output, kernel, stride, kernel / 2, activation, keys));
    }

    /**
     * Adds a pool.
     *
     * @param name     its name
     * @param type     maximum or average
     * @param from     what is read
     * @param kernel   rows and columns of the window
     * @param stride   step between windows
     * @param padding  rows and columns added on each side
     * @param ceilMode whether a last, incomplete window counts
     * @return all of the output
     * @throws HarDNetException when nothing would be left of the map
     */
    public View pool(String name, Pool.Type type, View from, int kernel, int stride, int padding, boolean ceilMode) {
        FeatureMap output = window(name, from.shape(), from.shape().c(), kernel, stride, padding, ceilMode);
        return add(new Pool(name, type, from, output, kernel, stride, padding, ceilMode));
    }

    /**
     * Adds a global average pool.
     *
     * @param name its name
     * @param from what is read
     * @return all of the output, N x C x 1 x 1
     */
    public View globalAveragePool(String name, View from) {
        return add(new GlobalAveragePool(name, from, next(name, new Shape(from.shape().n(), from.shape().c(), 1, 1))));
    }

    /**
     * Adds a fully connected layer.
     *
     * @param name    the module's name
     * @param from    what is read, N x inputs x 1 x 1
     * @param outputs output channels
     * @param keys    where the weights are found
     * @return all of the output, N x outputs x 1 x 1
     */
    public View linear(String name, View from, int outputs, Parameters keys) {
        return add(new Linear(name, from, next(name, from.shape().withChannels(outputs)), keys));
    }

    /**
     * Marks a map as an output of the network.
     *
     * @param name the output's name
     * @param view a view of exactly one whole map
     */
    public void output(String name, View view) {
        if (!view.equals(View.of(view.segments().getFirst().map()))) {
            throw new HarDNetException("Output %s must be one whole feature map.".formatted(name));
        }
        outputs.put(name, view.segments().getFirst().map());
    }

    /**
     * Ends the graph.
     *
     * @return the graph
     */
    public Graph build() {
        return new Graph(input, operators, outputs);
    }

    private View add(Operator operator) {
        operators.add(operator);
        return View.of(operator.output());
    }

    private FeatureMap next(String name, Shape shape) {
        return new FeatureMap(operators.size() + 1, name, shape);
    }

    private FeatureMap window(String name, Shape in, int channels, int kernel, int stride, int padding,
                              boolean ceilMode) {
        int h = extent(in.h(), kernel, stride, padding, ceilMode);
        int w = extent(in.w(), kernel, stride, padding, ceilMode);
        if (h < 1 || w < 1) {
            throw new HarDNetException(
                    "An input of %dx%d pixels is too small: %s reads a map of %dx%d and needs at least %dx%d.".formatted(
                            input.shape().h(), input.shape().w(), name, in.h(), in.w(), kernel, kernel));
        }
        return next(name, new Shape(in.n(), channels, h, w));
    }

    /** PyTorch's rule; with ceilMode a last window must begin inside the map or its left padding. */
    private static int extent(int size, int kernel, int stride, int padding, boolean ceilMode) {
        long span = (long) size + 2L * padding - kernel;
        if (span < 0) {
            return 0;
        }
        long count = (ceilMode ? Math.ceilDiv(span, stride) : span / stride) + 1;
        return (int) (ceilMode && (count - 1) * stride >= (long) size + padding ? count - 1 : count);
    }
}
