package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.*;

import dev.hardnet.Precision;
import dev.hardnet.graph.Window;
import org.bytedeco.cuda.cudnn.cudnnConvolutionStruct;
import org.bytedeco.cuda.cudnn.cudnnFilterStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;

/** A convolution in the words of cuDNN's older interface. */
@SuppressWarnings("deprecation") // Deprecated in cuDNN 9 and still the only way for what its graphs do not support.
final class ConvolutionDescriptors implements Resources.Resource {
    private final Resources resources = new Resources();
    private final cudnnTensorStruct input = new cudnnTensorStruct();
    private final cudnnTensorStruct output = new cudnnTensorStruct();
    private final cudnnFilterStruct filter = new cudnnFilterStruct();
    private final cudnnConvolutionStruct window = new cudnnConvolutionStruct();

    private ConvolutionDescriptors() {
    }

    /** Describes a forward convolution. */
    static ConvolutionDescriptors of(ConvolutionProblem problem) {
        return of(problem, problem.filterDimensions());
    }

    /**
     * Describes a convolution, or one that is run backwards.
     *
     * @param filter the filter's sizes, outputs first
     */
    static ConvolutionDescriptors of(ConvolutionProblem problem, int... filter) {
        ConvolutionDescriptors descriptors = new ConvolutionDescriptors();
        try {
            descriptors.describe(problem, filter);
            return descriptors;
        } catch (RuntimeException failure) {
            descriptors.close();
            throw failure;
        }
    }

    private void describe(ConvolutionProblem problem, int... size) {
        boolean half = problem.precision() == Precision.FLOAT16;
        int type = half ? CUDNN_DATA_HALF : CUDNN_DATA_FLOAT;
        describe(input, problem.input(), type);
        describe(output, problem.output(), type);
        Cudnn.check(cudnnCreateFilterDescriptor(filter), "cudnnCreateFilterDescriptor");
        resources.add(() -> cudnnDestroyFilterDescriptor(filter));
        Cudnn.check(cudnnSetFilter4dDescriptor(filter, type, half ? CUDNN_TENSOR_NHWC : CUDNN_TENSOR_NCHW, size[0],
                size[1], size[2], size[3]), "cudnnSetFilter4dDescriptor");
        Cudnn.check(cudnnCreateConvolutionDescriptor(window), "cudnnCreateConvolutionDescriptor");
        resources.add(() -> cudnnDestroyConvolutionDescriptor(window));
        describe(problem.window());
        Cudnn.check(cudnnSetConvolutionMathType(window, math(problem.precision())), "cudnnSetConvolutionMathType");
    }

    private void describe(cudnnTensorStruct tensor, TensorLayout layout, int type) {
        Cudnn.check(cudnnCreateTensorDescriptor(tensor), "cudnnCreateTensorDescriptor");
        resources.add(() -> cudnnDestroyTensorDescriptor(tensor));
        Cudnn.check(cudnnSetTensor4dDescriptorEx(tensor, type, layout.n(), layout.c(), layout.h(), layout.w(),
                Math.toIntExact(layout.pictureStride()), Math.toIntExact(layout.channelStride()),
                Math.toIntExact(layout.rowStride()), Math.toIntExact(layout.columnStride())),
                "cudnnSetTensor4dDescriptorEx");
    }

    private void describe(Window size) {
        Cudnn.check(cudnnSetConvolution2dDescriptor(window, size.paddingHeight(), size.paddingWidth(), size.stride(),
                size.stride(), size.dilation(), size.dilation(), CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT),
                "cudnnSetConvolution2dDescriptor");
    }

    private static int math(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> CUDNN_FMA_MATH;
            case TF32 -> CUDNN_DEFAULT_MATH;
            case FLOAT16 -> CUDNN_TENSOR_OP_MATH;
            case BFLOAT16 -> throw new IllegalArgumentException("GPUs are not asked for bfloat16.");
        };
    }

    cudnnTensorStruct input() {
        return input;
    }

    cudnnTensorStruct output() {
        return output;
    }

    cudnnFilterStruct filter() {
        return filter;
    }

    cudnnConvolutionStruct window() {
        return window;
    }

    @Override
    public void close() {
        resources.close();
    }
}
