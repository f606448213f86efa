// The descriptors of the legacy interface.
#ifndef HARDNET_STANDIN_DESCRIPTORS_H
#define HARDNET_STANDIN_DESCRIPTORS_H

#include "correlation.h"
#include "handle.h"
#include "tensor.h"

namespace standin {

struct FilterTensor : Tensor {};

struct ConvolutionSettings {
    Pair padding = {0, 0};
    Pair step = {0, 0};
    Pair dilation = {1, 1};
    int64_t groups = 1;
    cudnnMathType_t math = CUDNN_DEFAULT_MATH;

    bool is_set() const { return step.h > 0; }
};

STANDIN_INTERNAL Registry<cudnnTensorDescriptor_t, Tensor> &tensor_descriptors();
STANDIN_INTERNAL Registry<cudnnFilterDescriptor_t, FilterTensor> &filter_descriptors();

} // namespace standin

#endif
