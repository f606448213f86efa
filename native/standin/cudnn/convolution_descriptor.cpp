// Stand-in CUDA for tests (standin.h says what it proves and what not): cuDNN's legacy convolution descriptors.
#include "convolution_problem.h"

namespace standin {

namespace {

// Changes settings that are alive; the change answers whether the values are good.
template <class Change>
cudnnStatus_t change(const char *name, cudnnConvolutionDescriptor_t descriptor, const Change &apply) {
    return counted(name, CUDNN_STATUS_INTERNAL_ERROR, [&] {
        ConvolutionSettings *settings = convolution_descriptors().find(descriptor);
        if (settings == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the convolution descriptor is not alive");
        }
        return apply(*settings);
    });
}

} // namespace

Registry<cudnnConvolutionDescriptor_t, ConvolutionSettings> &convolution_descriptors() {
    static Registry<cudnnConvolutionDescriptor_t, ConvolutionSettings> convolutions("convolution descriptor");
    return convolutions;
}

} // namespace standin

using namespace standin;

cudnnStatus_t cudnnCreateConvolutionDescriptor(cudnnConvolutionDescriptor_t *descriptor) {
    return create("cudnnCreateConvolutionDescriptor", convolution_descriptors(), descriptor);
}

cudnnStatus_t cudnnDestroyConvolutionDescriptor(cudnnConvolutionDescriptor_t descriptor) {
    return destroy(convolution_descriptors(), descriptor);
}

cudnnStatus_t cudnnSetConvolution2dDescriptor(cudnnConvolutionDescriptor_t descriptor, int pad_h, int pad_w,
                                              int stride_h, int stride_w, int dilation_h, int dilation_w,
                                              cudnnConvolutionMode_t mode, cudnnDataType_t compute_type) {
    return change("cudnnSetConvolution2dDescriptor", descriptor, [&](ConvolutionSettings &settings) {
        if (pad_h < 0 || pad_w < 0 || stride_h < 1 || stride_w < 1 || dilation_h < 1 || dilation_w < 1) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "a padding is negative, or a stride or dilation not positive");
        }
        if (mode != CUDNN_CROSS_CORRELATION || compute_type != CUDNN_DATA_FLOAT) {
            return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the stand-in computes cross-correlations in float32 only");
        }
        settings.padding = {pad_h, pad_w};
        settings.step = {stride_h, stride_w};
        settings.dilation = {dilation_h, dilation_w};
        return CUDNN_STATUS_SUCCESS;
    });
}

cudnnStatus_t cudnnSetConvolutionMathType(cudnnConvolutionDescriptor_t descriptor, cudnnMathType_t type) {
    return change("cudnnSetConvolutionMathType", descriptor, [&](ConvolutionSettings &settings) {
        if (type < CUDNN_DEFAULT_MATH || type > CUDNN_FMA_MATH) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the math type is unknown");
        }
        settings.math = type;
        return CUDNN_STATUS_SUCCESS;
    });
}

cudnnStatus_t cudnnSetConvolutionGroupCount(cudnnConvolutionDescriptor_t descriptor, int groups) {
    return change("cudnnSetConvolutionGroupCount", descriptor, [&](ConvolutionSettings &settings) {
        if (groups < 1) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the number of groups is not positive");
        }
        settings.groups = groups;
        return CUDNN_STATUS_SUCCESS;
    });
}
