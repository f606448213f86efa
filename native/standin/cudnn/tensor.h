// A tensor of four dimensions, as descriptors tell it.
#ifndef HARDNET_STANDIN_TENSOR_H
#define HARDNET_STANDIN_TENSOR_H

#include "export.h"
#include "standin_cudnn.h"

#include <array>
#include <cstdint>

namespace standin {

// In the order n, c, h, w, or for filters k, c, h, w; strides count elements.
using Sizes = std::array<int64_t, 4>;

enum Dimension { N = 0, C = 1, H = 2, W = 3 };

struct Tensor {
    cudnnDataType_t type = CUDNN_DATA_FLOAT;
    Sizes size = {};
    Sizes stride = {};

    bool is_set() const { return size[N] > 0; }
};

STANDIN_INTERNAL Sizes packed_strides(const Sizes &size, cudnnTensorFormat_t format);

// Whether the stand-in can compute with elements of the type.
STANDIN_INTERNAL bool is_computable(cudnnDataType_t type);

STANDIN_INTERNAL int64_t element_bytes(cudnnDataType_t type);

// Bytes from the first element to the end of the last.
STANDIN_INTERNAL int64_t extent_bytes(const Tensor &tensor);

// Whether device memory that is alive holds all of the tensor's elements.
STANDIN_INTERNAL bool is_in_device_memory(const Tensor &tensor, const void *data);

STANDIN_INTERNAL float load_element(const Tensor &tensor, const void *data, int64_t index);
STANDIN_INTERNAL void store_element(const Tensor &tensor, void *data, int64_t index, float value);

} // namespace standin

#endif
