// What an operation graph computes: a convolution and the pointwise operations that follow it.
#ifndef HARDNET_STANDIN_BACKEND_FUSED_H
#define HARDNET_STANDIN_BACKEND_FUSED_H

#include "backend_descriptor.h"
#include "correlation.h"

#include <map>
#include <set>

namespace standin {

// A tensor that the variant pack has to give memory for.
struct PackedTensor {
    Tensor tensor;
    int64_t alignment;
};

struct FusedConvolution {
    Correlation correlation;         // without memory
    int64_t source;                  // unique ids
    int64_t filter;
    int64_t result;
    std::vector<int64_t> operands;   // of the stages; unused for those without
    std::map<int64_t, PackedTensor> tensors;
    std::set<int64_t> virtual_ids;
};

// Finalizes descriptors of one type each: a status other than success says what is wrong.
cudnnStatus_t check_tensor(const BackendDescriptor &tensor);
cudnnStatus_t check_convolution(const BackendDescriptor &convolution);
cudnnStatus_t check_convolution_operation(const BackendDescriptor &operation);
cudnnStatus_t check_pointwise_operation(const BackendDescriptor &operation);

// Finds out what a graph computes, and keeps it in the descriptor.
cudnnStatus_t fuse(BackendDescriptor &graph);

Tensor tensor_of(const BackendDescriptor &descriptor);

} // namespace standin

#endif
