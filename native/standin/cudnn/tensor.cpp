// Stand-in CUDA for tests (standin.h says what it proves and what not): tensors in device memory.
#include "tensor.h"

#include "half.h"
#include "memory.h"

namespace standin {

Sizes packed_strides(const Sizes &size, cudnnTensorFormat_t format) {
    if (format == CUDNN_TENSOR_NHWC) {
        return {size[C] * size[H] * size[W], 1, size[C] * size[W], size[C]};
    }
    return {size[C] * size[H] * size[W], size[H] * size[W], size[W], 1};
}

bool is_computable(cudnnDataType_t type) { return type == CUDNN_DATA_FLOAT || type == CUDNN_DATA_HALF; }

int64_t element_bytes(cudnnDataType_t type) { return type == CUDNN_DATA_HALF ? 2 : 4; }

int64_t extent_bytes(const Tensor &tensor) {
    int64_t last = 0;
    for (int dimension = N; dimension <= W; dimension++) {
        last += (tensor.size[dimension] - 1) * tensor.stride[dimension];
    }
    return (last + 1) * element_bytes(tensor.type);
}

bool is_in_device_memory(const Tensor &tensor, const void *data) {
    return reinterpret_cast<uintptr_t>(data) % static_cast<uintptr_t>(element_bytes(tensor.type)) == 0 &&
           device_memory().holds(data, static_cast<size_t>(extent_bytes(tensor)));
}

float load_element(const Tensor &tensor, const void *data, int64_t index) {
    return tensor.type == CUDNN_DATA_HALF ? half_to_float(static_cast<const uint16_t *>(data)[index])
                                          : static_cast<const float *>(data)[index];
}

void store_element(const Tensor &tensor, void *data, int64_t index, float value) {
    if (tensor.type == CUDNN_DATA_HALF) {
        static_cast<uint16_t *>(data)[index] = float_to_half(value);
    } else {
        static_cast<float *>(data)[index] = value;
    }
}

} // namespace standin
