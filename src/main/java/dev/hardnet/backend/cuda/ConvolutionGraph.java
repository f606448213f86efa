package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.*;

import dev.hardnet.Precision;
import dev.hardnet.backend.cuda.KernelParams.Limits;
import dev.hardnet.graph.Window;

/**
 * Convolution, bias and limits as one operation graph of cuDNN, of which only the end is written to memory. Both kinds
 * of ReLU are one pointwise operation with a lower and an upper clip.
 */
final class ConvolutionGraph implements Resources.Resource {
    /** Numbers of the tensors, by which an execution names their addresses. */
    static final int INPUT = 1;
    static final int FILTER = 2;
    static final int BIAS = 3;
    static final int OUTPUT = 4;
    private static final int CONVOLVED = 5;
    private static final int BIASED = 6;
    /** Weights have allocations of their own, which begin at multiples of 256. */
    private static final int WEIGHT_ALIGNMENT = 16;

    private final Resources resources = new Resources();
    private final ConvolutionProblem problem;

    private ConvolutionGraph(ConvolutionProblem problem) {
        this.problem = problem;
    }

    /** Describes a problem and hands the description to a user of it. */
    static BackendDescriptor describe(CudnnHandle handle, ConvolutionProblem problem, Resources resources) {
        return resources.add(new ConvolutionGraph(problem)).graph(handle);
    }

    private BackendDescriptor graph(CudnnHandle handle) {
        boolean limited = !problem.limits().equals(Limits.NONE);
        BackendDescriptor output = tensor(OUTPUT, problem.output(), mapType());
        BackendDescriptor biased = limited ? between(BIASED) : output;
        BackendDescriptor convolved = between(CONVOLVED);
        BackendDescriptor convolution = convolution(convolved);
        BackendDescriptor addition = addition(convolved, biased);
        BackendDescriptor[] operations = limited
                ? new BackendDescriptor[] {convolution, addition, limit(biased, output)}
                : new BackendDescriptor[] {convolution, addition};
        return create(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR, "an operation graph")
                .handle(CUDNN_ATTR_OPERATIONGRAPH_HANDLE, handle)
                .descriptors(CUDNN_ATTR_OPERATIONGRAPH_OPS, operations).finished();
    }

    private BackendDescriptor convolution(BackendDescriptor result) {
        return create(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR, "a convolution")
                .descriptors(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC, window(problem.window()))
                .descriptors(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, tensor(INPUT, problem.input(), mapType()))
                .descriptors(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, tensor(FILTER, filter(), mapType()))
                .descriptors(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, result)
                .number(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, 1f)
                .number(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA, 0f).finished();
    }

    private BackendDescriptor window(Window window) {
        long[] padding = {window.paddingHeight(), window.paddingWidth()};
        return create(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR, "a convolution's window")
                .longs(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, 2)
                .enumerated(CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT)
                .enumerated(CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, CUDNN_CROSS_CORRELATION)
                .longs(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, padding)
                .longs(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, padding)
                .longs(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, window.stride(), window.stride())
                .longs(CUDNN_ATTR_CONVOLUTION_DILATIONS, window.dilation(), window.dilation()).finished();
    }

    private BackendDescriptor addition(BackendDescriptor from, BackendDescriptor to) {
        TensorLayout bias = new TensorLayout(1, problem.output().c(), 1, 1, problem.output().c(), 1,
                problem.output().c(), problem.output().c(), WEIGHT_ALIGNMENT);
        return pointwise(mode(CUDNN_POINTWISE_ADD).finished(), from, to)
                .descriptors(CUDNN_ATTR_OPERATION_POINTWISE_BDESC, tensor(BIAS, bias, CUDNN_DATA_FLOAT)).finished();
    }

    private BackendDescriptor limit(BackendDescriptor from, BackendDescriptor to) {
        Limits limits = problem.limits();
        BackendDescriptor clip = mode(CUDNN_POINTWISE_RELU_FWD)
                .number(CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP, (double) limits.low())
                .number(CUDNN_ATTR_POINTWISE_RELU_UPPER_CLIP, (double) Math.min(limits.high(), Float.MAX_VALUE));
        return pointwise(clip.finished(), from, to).finished();
    }

    private BackendDescriptor mode(int mode) {
        return create(CUDNN_BACKEND_POINTWISE_DESCRIPTOR, "a pointwise function")
                .enumerated(CUDNN_ATTR_POINTWISE_MODE, CUDNN_TYPE_POINTWISE_MODE, mode)
                .enumerated(CUDNN_ATTR_POINTWISE_MATH_PREC, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT);
    }

    private BackendDescriptor pointwise(BackendDescriptor function, BackendDescriptor from, BackendDescriptor to) {
        return create(CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR, "a pointwise operation")
                .descriptors(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR, function)
                .descriptors(CUDNN_ATTR_OPERATION_POINTWISE_XDESC, from)
                .descriptors(CUDNN_ATTR_OPERATION_POINTWISE_YDESC, to);
    }

    /** A tensor that never reaches memory: as large as the output, in float32. */
    private BackendDescriptor between(int number) {
        return describedTensor(number, problem.output(), CUDNN_DATA_FLOAT)
                .flag(CUDNN_ATTR_TENSOR_IS_VIRTUAL, true).finished();
    }

    private BackendDescriptor tensor(int number, TensorLayout layout, int type) {
        return describedTensor(number, layout, type).finished();
    }

    private BackendDescriptor describedTensor(int number, TensorLayout layout, int type) {
        return create(CUDNN_BACKEND_TENSOR_DESCRIPTOR, "a tensor")
                .enumerated(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, type)
                .longs(CUDNN_ATTR_TENSOR_DIMENSIONS, layout.dimensions())
                .longs(CUDNN_ATTR_TENSOR_STRIDES, layout.strides())
                .longs(CUDNN_ATTR_TENSOR_UNIQUE_ID, number)
                .longs(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, layout.alignment());
    }

    /** The filter lies as the maps do: channels first or channels last. */
    private TensorLayout filter() {
        int[] size = problem.filterDimensions();
        long taps = (long) size[2] * size[3];
        return problem.precision() == Precision.FLOAT16
                ? new TensorLayout(size[0], size[1], size[2], size[3], taps * size[1], 1, (long) size[3] * size[1],
                        size[1], WEIGHT_ALIGNMENT)
                : new TensorLayout(size[0], size[1], size[2], size[3], taps * size[1], taps, size[3], 1,
                        WEIGHT_ALIGNMENT);
    }

    private int mapType() {
        return problem.precision() == Precision.FLOAT16 ? CUDNN_DATA_HALF : CUDNN_DATA_FLOAT;
    }

    private BackendDescriptor create(int type, String what) {
        return resources.add(BackendDescriptor.create(type, what));
    }

    @Override
    public void close() {
        resources.close();
    }
}
