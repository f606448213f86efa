package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.Precision;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.graph.Window;
import dev.hardnet.plan.ChannelOrder;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.Step;
import dev.hardnet.plan.Strip;
import dev.hardnet.weights.WeightStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A transposed convolution: the whole, uncropped raw result goes to the workspace, from which the norm kernel writes
 * what the operator keeps, with bias and limits, to all places.
 *
 * @param operator  which
 * @param precision of maps and arithmetic
 * @param input     where it reads
 * @param output    where it writes first
 * @param order     where the channels stand
 */
record TransposedConvolution(TransposedConv operator, Precision precision, ChannelRange input, ChannelRange output,
                             ChannelOrder order) {
    private static final int ALIGNMENT = 16;

    static TransposedConvolution of(SlotLayout slots, TransposedConv conv, int step, Precision precision) {
        return new TransposedConvolution(conv, precision, ConvolutionCase.input(slots, conv, conv.input(), step),
                ChannelRange.of(slots.places(conv.output()).getFirst()), slots.rules().order());
    }

    /** The result and what cuDNN needs beside it. */
    long workspaceBytes(CudnnHandle cudnn) {
        try (BackwardConvolution convolution = BackwardConvolution.of(cudnn, problem())) {
            return rawBytes() + libraryBytes(convolution);
        }
    }

    List<Launch> launches(KernelCalls calls, StripMemory maps, DeviceWeights weights, WeightStore store, Step step) {
        CudaSession session = calls.session();
        BackwardConvolution convolution = session.hold(BackwardConvolution.of(session.cudnn(), problem()));
        long raw = maps.workspace(step);
        long bias = weights.floats(operator.name() + " bias", () -> KernelSteps.padded(store.folded(operator).bias()));
        List<Launch> launches = new ArrayList<>();
        launches.add(convolution.bind(maps.address(input), filter(weights, store), raw, raw + rawBytes(),
                libraryBytes(convolution)));
        launches.addAll(calls.norm(ViewSource.of(cropped(raw)), operator.output().shape(),
                maps.targets(operator.output(), 0, bias), whole().w(), KernelSteps.limits(operator.activation())));
        return launches;
    }

    /** The whole result, of which padding crops the top and the left. */
    private Shape whole() {
        Shape in = operator.input().shape();
        int more = operator.kernel() - operator.stride();
        return new Shape(in.n(), output.order().size(), in.h() * operator.stride() + more,
                in.w() * operator.stride() + more);
    }

    private ConvolutionProblem problem() {
        return new ConvolutionProblem(precision, input.layout(order), rawLayout(),
                new Window(operator.kernel(), operator.stride(), 0, 1), KernelParams.Limits.NONE,
                operator.input().shape().c(), operator.output().shape().c(), 1);
    }

    private TensorLayout rawLayout() {
        Shape whole = whole();
        MapAddress strides = rawMap(0);
        return new TensorLayout(whole.n(), whole.c(), whole.h(), whole.w(), strides.pictureStride(),
                strides.channelStride(), whole.w() * strides.pixelStride(), strides.pixelStride(), ALIGNMENT);
    }

    private MapAddress rawMap(long address) {
        Shape whole = whole();
        long pixels = (long) whole.h() * whole.w();
        return order == ChannelOrder.FIRST ? new MapAddress(address, pixels * whole.c(), pixels, 1)
                : new MapAddress(address, pixels * whole.c(), 1, whole.c());
    }

    private MapAddress cropped(long raw) {
        MapAddress whole = rawMap(raw);
        long skipped = (long) operator.padding() * (whole().w() + 1) * whole.pixelStride();
        return new MapAddress(raw + skipped * elementBytes(), whole.pictureStride(), whole.channelStride(),
                whole.pixelStride());
    }

    /** The whole result, up to where the next thing may begin. */
    long rawBytes() {
        long bytes = whole().elements() * elementBytes();
        return Math.ceilDiv(bytes, Strip.ALIGNMENT) * Strip.ALIGNMENT;
    }

    private int elementBytes() {
        return CudaPlanner.rules(precision).elementBytes();
    }

    private long libraryBytes(BackwardConvolution convolution) {
        return convolution.workspaceBytes().orElseThrow(() -> new HarDNetException(
                "cuDNN does not support the transposed convolution %s in %s.".formatted(operator.name(), precision)));
    }

    private long filter(DeviceWeights weights, WeightStore store) {
        int taps = operator.kernel() * operator.kernel();
        String name = "%s filter, inputs in order %s".formatted(operator.name(), input.order());
        List<Integer> channels = output.order();
        // PyTorch's order is inputs x outputs, as for a convolution from the outputs to the inputs.
        return precision == Precision.FLOAT16
                ? weights.halves(name, () -> FilterPacking.channelsLast(store.folded(operator).weight(), channels,
                        input.order(), taps))
                : weights.floats(name, () -> FilterPacking.channelsFirst(store.folded(operator).weight(), channels,
                        input.order(), taps));
    }
}
