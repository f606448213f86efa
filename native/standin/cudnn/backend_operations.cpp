// Stand-in CUDA for tests (standin.h says what it proves and what not):
// tensors and operations of the backend interface.
#include "backend_fused.h"

#include <algorithm>

namespace standin {

namespace {

constexpr int64_t SPATIAL_DIMENSIONS = 2;

bool all_at_least(int64_t least, const std::vector<int64_t> &values) {
    return std::all_of(values.begin(), values.end(), [=](int64_t value) { return value >= least; });
}

bool is_power_of_two(int64_t value) { return value > 0 && (value & (value - 1)) == 0; }

bool has_spatial_count(const BackendDescriptor &convolution, cudnnBackendAttributeName_t name) {
    return convolution.attribute(name).count == SPATIAL_DIMENSIONS;
}

std::vector<int64_t> integers(const BackendDescriptor &descriptor, cudnnBackendAttributeName_t name) {
    return descriptor.attribute(name).all<int64_t>();
}

// Whether a convolution of the size gives the result's size along one dimension.
bool gives_size(const BackendDescriptor &convolution, size_t dimension, int64_t in, int64_t kernel, int64_t out) {
    const int64_t window = (kernel - 1) * integers(convolution, CUDNN_ATTR_CONVOLUTION_DILATIONS)[dimension] + 1;
    const int64_t padded = in + integers(convolution, CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS)[dimension] +
                           integers(convolution, CUDNN_ATTR_CONVOLUTION_POST_PADDINGS)[dimension];
    const int64_t step = integers(convolution, CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES)[dimension];
    return padded >= window && (padded - window) / step + 1 == out;
}

bool broadcasts_to(const Sizes &operand, const Sizes &size) {
    for (int dimension = N; dimension <= W; dimension++) {
        if (operand[dimension] != 1 && operand[dimension] != size[dimension]) {
            return false;
        }
    }
    return true;
}

bool is_binary(int mode) { return mode == CUDNN_POINTWISE_ADD || mode == CUDNN_POINTWISE_MUL; }

} // namespace

Tensor tensor_of(const BackendDescriptor &descriptor) {
    Tensor tensor;
    tensor.type = static_cast<cudnnDataType_t>(descriptor.enumerator(CUDNN_ATTR_TENSOR_DATA_TYPE));
    const std::vector<int64_t> sizes = integers(descriptor, CUDNN_ATTR_TENSOR_DIMENSIONS);
    const std::vector<int64_t> strides = integers(descriptor, CUDNN_ATTR_TENSOR_STRIDES);
    std::copy(sizes.begin(), sizes.end(), tensor.size.begin());
    std::copy(strides.begin(), strides.end(), tensor.stride.begin());
    return tensor;
}

cudnnStatus_t check_tensor(const BackendDescriptor &tensor) {
    const std::vector<int64_t> sizes = integers(tensor, CUDNN_ATTR_TENSOR_DIMENSIONS);
    const std::vector<int64_t> strides = integers(tensor, CUDNN_ATTR_TENSOR_STRIDES);
    const auto type = static_cast<cudnnDataType_t>(tensor.enumerator(CUDNN_ATTR_TENSOR_DATA_TYPE));
    if (sizes.size() != strides.size()) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a tensor has not as many strides as dimensions");
    }
    if (!all_at_least(1, sizes) || !all_at_least(1, strides)) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a tensor's size or stride is not positive");
    }
    if (!is_power_of_two(tensor.integer(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT))) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a tensor's alignment is not a power of two");
    }
    if (sizes.size() != Sizes().size() || !is_computable(type)) {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the stand-in knows float32 and float16 of four dimensions only");
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t check_convolution(const BackendDescriptor &convolution) {
    if (convolution.integer(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS) != SPATIAL_DIMENSIONS ||
        convolution.enumerator(CUDNN_ATTR_CONVOLUTION_CONV_MODE) != CUDNN_CROSS_CORRELATION ||
        convolution.enumerator(CUDNN_ATTR_CONVOLUTION_COMP_TYPE) != CUDNN_DATA_FLOAT) {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED,
                      "the stand-in computes cross-correlations of two dimensions in float32 only");
    }
    if (!has_spatial_count(convolution, CUDNN_ATTR_CONVOLUTION_DILATIONS) ||
        !has_spatial_count(convolution, CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES) ||
        !has_spatial_count(convolution, CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS) ||
        !has_spatial_count(convolution, CUDNN_ATTR_CONVOLUTION_POST_PADDINGS)) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a convolution has not as many strides, paddings or dilations as spatial "
                                              "dimensions");
    }
    if (!all_at_least(1, integers(convolution, CUDNN_ATTR_CONVOLUTION_DILATIONS)) ||
        !all_at_least(1, integers(convolution, CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES)) ||
        !all_at_least(0, integers(convolution, CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS)) ||
        !all_at_least(0, integers(convolution, CUDNN_ATTR_CONVOLUTION_POST_PADDINGS))) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a padding is negative, or a stride or dilation not positive");
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t check_convolution_operation(const BackendDescriptor &operation) {
    const BackendDescriptor &convolution = *operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC);
    const Tensor x = tensor_of(*operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X));
    const Tensor w = tensor_of(*operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W));
    const Tensor y = tensor_of(*operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y));
    if (operation.number(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA, 0) != 0) {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the stand-in knows a beta of 0 only");
    }
    const int64_t groups = x.size[C] / w.size[C];
    if (x.size[N] != y.size[N] || y.size[C] != w.size[N] || x.size[C] % w.size[C] != 0 || w.size[N] % groups != 0 ||
        !gives_size(convolution, 0, x.size[H], w.size[H], y.size[H]) ||
        !gives_size(convolution, 1, x.size[W], w.size[W], y.size[W])) {
        return refuse(CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH, "the sizes of a convolution's tensors disagree");
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t check_pointwise_operation(const BackendDescriptor &operation) {
    const BackendDescriptor &pointwise = *operation.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR);
    const int mode = pointwise.enumerator(CUDNN_ATTR_POINTWISE_MODE);
    const Sizes x = tensor_of(*operation.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_XDESC)).size;
    const Sizes y = tensor_of(*operation.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_YDESC)).size;
    const bool has_operand = operation.has(CUDNN_ATTR_OPERATION_POINTWISE_BDESC);
    const Sizes b = has_operand ? tensor_of(*operation.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_BDESC)).size : y;
    if (!is_binary(mode) && mode != CUDNN_POINTWISE_RELU_FWD) {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the stand-in knows the pointwise modes ADD, MUL and RELU_FWD only");
    }
    if (pointwise.enumerator(CUDNN_ATTR_POINTWISE_MATH_PREC) != CUDNN_DATA_FLOAT ||
        pointwise.number(CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP_SLOPE, 0) != 0 ||
        operation.number(CUDNN_ATTR_OPERATION_POINTWISE_ALPHA1, 1) != 1 ||
        operation.number(CUDNN_ATTR_OPERATION_POINTWISE_ALPHA2, 1) != 1) {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the stand-in knows float32 without slope and factors only");
    }
    if (has_operand != is_binary(mode)) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a pointwise operation lacks its second operand, or has one too many");
    }
    if (x != y || !broadcasts_to(b, y)) {
        return refuse(CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH, "the sizes of a pointwise operation's tensors disagree");
    }
    return CUDNN_STATUS_SUCCESS;
}

} // namespace standin
