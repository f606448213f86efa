// Stand-in CUDA for tests (standin.h says what it proves and what not): cuDNN's legacy tensor and filter descriptors.
#include "descriptors.h"

#include <algorithm>

namespace standin {

namespace {

bool all_positive(const Sizes &values) {
    return std::all_of(values.begin(), values.end(), [](int64_t value) { return value > 0; });
}

bool is_format(cudnnTensorFormat_t format) { return format == CUDNN_TENSOR_NCHW || format == CUDNN_TENSOR_NHWC; }

cudnnStatus_t set(Tensor *tensor, cudnnDataType_t type, const Sizes &size, const Sizes &stride) {
    if (tensor == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "the descriptor is not alive");
    }
    if (!all_positive(size) || !all_positive(stride)) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a size or a stride is not positive");
    }
    if (!is_computable(type)) {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the stand-in knows float32 and float16 only");
    }
    tensor->type = type;
    tensor->size = size;
    tensor->stride = stride;
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t set_packed(Tensor *tensor, cudnnDataType_t type, cudnnTensorFormat_t format, const Sizes &size) {
    return is_format(format) ? set(tensor, type, size, packed_strides(size, format))
                             : refuse(CUDNN_STATUS_BAD_PARAM, "the format is neither NCHW nor NHWC");
}

} // namespace

Registry<cudnnTensorDescriptor_t, Tensor> &tensor_descriptors() {
    static Registry<cudnnTensorDescriptor_t, Tensor> tensors("tensor descriptor");
    return tensors;
}

Registry<cudnnFilterDescriptor_t, FilterTensor> &filter_descriptors() {
    static Registry<cudnnFilterDescriptor_t, FilterTensor> filters("filter descriptor");
    return filters;
}

} // namespace standin

using namespace standin;

cudnnStatus_t cudnnCreateTensorDescriptor(cudnnTensorDescriptor_t *descriptor) {
    return create("cudnnCreateTensorDescriptor", tensor_descriptors(), descriptor);
}

cudnnStatus_t cudnnDestroyTensorDescriptor(cudnnTensorDescriptor_t descriptor) {
    return destroy(tensor_descriptors(), descriptor);
}

cudnnStatus_t cudnnSetTensor4dDescriptor(cudnnTensorDescriptor_t descriptor, cudnnTensorFormat_t format,
                                         cudnnDataType_t type, int n, int c, int h, int w) {
    return counted("cudnnSetTensor4dDescriptor", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        return set_packed(tensor_descriptors().find(descriptor), type, format, {n, c, h, w});
    });
}

cudnnStatus_t cudnnSetTensor4dDescriptorEx(cudnnTensorDescriptor_t descriptor, cudnnDataType_t type, int n, int c,
                                           int h, int w, int n_stride, int c_stride, int h_stride, int w_stride) {
    return counted("cudnnSetTensor4dDescriptorEx", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        return set(tensor_descriptors().find(descriptor), type, {n, c, h, w}, {n_stride, c_stride, h_stride, w_stride});
    });
}

cudnnStatus_t cudnnCreateFilterDescriptor(cudnnFilterDescriptor_t *descriptor) {
    return create("cudnnCreateFilterDescriptor", filter_descriptors(), descriptor);
}

cudnnStatus_t cudnnDestroyFilterDescriptor(cudnnFilterDescriptor_t descriptor) {
    return destroy(filter_descriptors(), descriptor);
}

cudnnStatus_t cudnnSetFilter4dDescriptor(cudnnFilterDescriptor_t descriptor, cudnnDataType_t type,
                                         cudnnTensorFormat_t format, int k, int c, int h, int w) {
    return counted("cudnnSetFilter4dDescriptor", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        return set_packed(filter_descriptors().find(descriptor), type, format, {k, c, h, w});
    });
}
