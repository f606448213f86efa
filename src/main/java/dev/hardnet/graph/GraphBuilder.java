package dev.hardnet.graph;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.List;

/** Builds a graph operator by operator, computing every output's sizes. */
public final class GraphBuilder {
    private final FeatureMap input;
    private final List<Operator> operators = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private int maps = 1;

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
        return conv(name, from, channels, Window.same(kernel).stride(stride), activation, keys);
    }

    /**
     * Adds a dense convolution.
     *
     * @param name       the module's name
     * @param from       what is read
     * @param channels   output channels
     * @param window     kernel, stride, padding, dilation
     * @param activation what is applied to each output
     * @param keys       where the weights are found
     * @return all of the output
     * @throws HarDNetException when nothing would be left of the map
     */
    public View conv(String name, View from, int channels, Window window, Activation activation, Parameters keys) {
        FeatureMap output = window(name, from.shape(), channels, window, false);
        return add(new Conv(name, from, output, window, activation, keys));
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
        FeatureMap output = window(name, from.shape(), from.shape().c(), Window.same(kernel).stride(stride),
                false);
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
        FeatureMap output = window(name, from.shape(), from.shape().c(),
                new Window(kernel, stride, padding, 1), ceilMode);
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
     * Adds a transposed convolution, its kernel's rows and columns beyond the given size cropped.
     *
     * @param name       the module's name
     * @param from       what is read
     * @param output     the output's channels, height and width; its batch is that of {@code from}
     * @param window     square: kernel, stride, and as padding what is cropped at the top and the left; dilation 1
     * @param activation what is applied to each output
     * @param keys       where the weights are found
     * @return all of the output
     * @throws HarDNetException when the window is not square or the output larger than what the kernel reaches
     */
    public View transposedConv(String name, View from, Shape output, Window window, Activation activation,
                               Parameters keys) {
        Shape in = from.shape();
        if (!window.isSquare()) {
            throw new HarDNetException("%s has a kernel of %dx%d and crops %dx%d; both must be square.".formatted(name,
                    window.kernelHeight(), window.kernelWidth(), window.paddingHeight(), window.paddingWidth()));
        }
        int most = window.kernelHeight() - window.stride() - window.paddingHeight();
        if (output.h() > in.h() * window.stride() + most || output.w() > in.w() * window.stride() + most) {
            throw new HarDNetException("%s makes at most %dx%d of a map of %dx%d; %dx%d are asked for.".formatted(name,
                    in.h() * window.stride() + most, in.w() * window.stride() + most, in.h(), in.w(), output.h(),
                    output.w()));
        }
        FeatureMap map = next(name, new Shape(in.n(), output.c(), output.h(), output.w()));
        return add(new TransposedConv(name, from, map, window.kernelHeight(), window.stride(), window.paddingHeight(),
                activation, keys));
    }

    /**
     * Adds a bilinear resize that keeps the corners; nothing when the size is the same.
     *
     * @param name   its name
     * @param from   what is read
     * @param height output rows
     * @param width  output columns
     * @return all of the output, or {@code from} itself
     */
    public View resize(String name, View from, int height, int width) {
        Shape in = from.shape();
        return in.h() == height && in.w() == width ? from
                : add(new Resize(name, from, next(name, new Shape(in.n(), in.c(), height, width))));
    }

    /**
     * Adds the sum of two views of equal sizes.
     *
     * @param name       its name
     * @param left       what is read
     * @param right      what is added to it
     * @param activation what is applied to each sum
     * @return all of the output
     * @throws HarDNetException when the sizes differ
     */
    public View add(String name, View left, View right, Activation activation) {
        return add(new Add(name, left, right, next(name, left.shape()), activation));
    }

    /**
     * Adds batch norm and ReLU, for a convolution that follows.
     *
     * @param name its name
     * @param from what is read
     * @param norm the batch norm's key prefix
     * @return all of the output
     */
    public View batchNormRelu(String name, View from, String norm) {
        return batchNormRelu(name, from, List.of(new NormSlice(norm, 0, from.shape().c()))).getFirst();
    }

    /**
     * Adds batch norm and ReLU with several destinations.
     *
     * @param name  its name; destination i is called {@code name.i} where there are several
     * @param from  what is read
     * @param norms the norm of each destination
     * @return all of each output
     * @throws HarDNetException when a slice leaves its norm
     */
    public List<View> batchNormRelu(String name, View from, List<NormSlice> norms) {
        List<BatchNormRelu.Destination> destinations = new ArrayList<>();
        for (int i = 0; i < norms.size(); i++) {
            NormSlice slice = norms.get(i);
            FeatureMap map = new FeatureMap(maps + i, norms.size() == 1 ? name : name + "." + i, from.shape());
            destinations.add(new BatchNormRelu.Destination(map, slice.norm, slice.firstChannel, slice.channels));
        }
        add(new BatchNormRelu(name, from, destinations));
        List<View> views = new ArrayList<>();
        for (BatchNormRelu.Destination destination : destinations) {
            views.add(View.of(destination.output()));
        }
        return views;
    }

    /**
     * A range of a batch norm's channels, as many as the map has that it normalises.
     *
     * @param norm         the batch norm's key prefix
     * @param firstChannel the first channel of the range
     * @param channels     channels of the whole norm
     */
    public record NormSlice(String norm, int firstChannel, int channels) {
    }

    /**
     * Adds the L2 norm over channels.
     *
     * @param name   the module's name
     * @param from   what is read
     * @param weight the key of the weight
     * @return all of the output
     */
    public View l2Norm(String name, View from, String weight) {
        return add(new L2Norm(name, from, next(name, from.shape()), weight));
    }

    /**
     * Adds the division of each channel by its sum over all pixels.
     *
     * @param name its name
     * @param from what is read
     * @return all of the output
     */
    public View sumToOne(String name, View from) {
        return add(new SumToOne(name, from, next(name, from.shape())));
    }

    /**
     * Marks a map as an output of the network.
     *
     * @param name the output's name
     * @param view a view of exactly one whole map
     * @throws HarDNetException when it is something else
     */
    public void output(String name, View view) {
        outputs.add(Output.planes(name, wholeMap(name, view)));
    }

    /**
     * Marks maps as one output of the network, read out prior by prior.
     *
     * @param name   the output's name
     * @param views  views of exactly one whole map each, channels = priors x values
     * @param values values of one prior
     * @throws HarDNetException when they are something else
     */
    public void outputPriors(String name, List<View> views, int values) {
        List<FeatureMap> parts = new ArrayList<>();
        for (View view : views) {
            parts.add(wholeMap(name, view));
        }
        outputs.add(new Output(name, parts, Output.Layout.PRIORS, values));
    }

    private static FeatureMap wholeMap(String output, View view) {
        FeatureMap map = view.segments().getFirst().map();
        if (!view.isAllOf(map)) {
            throw new HarDNetException("Output %s must be one whole feature map.".formatted(output));
        }
        return map;
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
        maps += operator.outputs().size();
        return View.of(operator.output());
    }

    private FeatureMap next(String name, Shape shape) {
        return new FeatureMap(maps, name, shape);
    }

    private FeatureMap window(String name, Shape in, int channels, Window window, boolean ceilMode) {
        int h = positions(in.h(), window.leastHeight(), window.paddingHeight(), window.stride(), ceilMode);
        int w = positions(in.w(), window.leastWidth(), window.paddingWidth(), window.stride(), ceilMode);
        if (h < 1 || w < 1) {
            throw new HarDNetException(
                    "An input of %dx%d pixels is too small: %s reads a map of %dx%d and needs at least %dx%d.".formatted(
                            input.shape().h(), input.shape().w(), name, in.h(), in.w(),
                            Math.max(1, window.leastHeight()), Math.max(1, window.leastWidth())));
        }
        return next(name, new Shape(in.n(), channels, h, w));
    }

    /** PyTorch's rule; with ceilMode a last window must begin inside the map or its left padding. */
    private static int positions(int size, int least, int padding, int stride, boolean ceilMode) {
        long span = (long) size - least;
        if (span < 0) {
            return 0;
        }
        long count = (ceilMode ? Math.ceilDiv(span, stride) : span / stride) + 1;
        return (int) (ceilMode && (count - 1) * stride >= (long) size + padding ? count - 1 : count);
    }
}
