// Stand-in CUDA for tests (standin.h says what it proves and what not): execution of the backend interface's plans.
#include "backend_engine.h"
#include "memory.h"

namespace standin {

namespace {

constexpr uint8_t WORKSPACE_GARBAGE = 0xcd;

// As large as no rounding is, so that tests notice.
constexpr float NONDETERMINISM = 1.0f / 1024;

using Pointers = std::map<int64_t, void *>;

Pointers pointers_of(const BackendDescriptor &pack) {
    const Attribute &ids = pack.attribute(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS);
    const Attribute &data = pack.attribute(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS);
    Pointers pointers;
    for (int64_t i = 0; i < ids.count; i++) {
        pointers[ids.at<int64_t>(i)] = data.at<void *>(i);
    }
    return pointers;
}

cudnnStatus_t check_pointers(const FusedConvolution &fused, const Pointers &pointers) {
    for (const auto &[id, data] : pointers) {
        if (fused.virtual_ids.count(id) == 1) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the variant pack gives memory for a virtual tensor");
        }
        const auto found = fused.tensors.find(id);
        if (found == fused.tensors.end()) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the variant pack gives memory for a tensor that the graph lacks");
        }
        if (data == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, "the variant pack holds a null pointer");
        }
        if (reinterpret_cast<uintptr_t>(data) % static_cast<uintptr_t>(found->second.alignment) != 0) {
            return refuse(CUDNN_STATUS_BAD_PARAM_MISALIGNED_POINTER,
                          "a pointer is aligned less than the tensor's descriptor says");
        }
    }
    return pointers.size() == fused.tensors.size()
               ? CUDNN_STATUS_SUCCESS
               : refuse(CUDNN_STATUS_BAD_PARAM, "the variant pack lacks memory for a tensor of the graph");
}

Correlation with_memory(const FusedConvolution &fused, const Pointers &pointers) {
    Correlation c = fused.correlation;
    c.source_data = pointers.at(fused.source);
    c.filter_data = pointers.at(fused.filter);
    c.result_data = pointers.at(fused.result);
    for (size_t i = 0; i < c.stages.size(); i++) {
        c.stages[i].data = c.stages[i].kind == Stage::CLIP ? nullptr : pointers.at(fused.operands[i]);
    }
    return c;
}

bool all_alive(const std::map<int64_t, PackedTensor> &tensors, const Pointers &pointers) {
    for (const auto &[id, packed] : tensors) {
        if (!is_in_device_memory(packed.tensor, pointers.at(id))) {
            return false;
        }
    }
    return true;
}

// Other results every other time, if the engine is that one.
float changing_factor(int64_t engine) {
    static bool odd = false;
    odd = engine == NONDETERMINISTIC_ENGINE && !odd;
    return odd ? 1 + NONDETERMINISM : 1;
}

} // namespace

cudnnStatus_t execute(cudnnHandle_t handle, const BackendDescriptor &plan, const BackendDescriptor &pack) {
    const FusedConvolution &fused = fused_of(plan);
    const Pointers pointers = pointers_of(pack);
    const cudnnStatus_t status = check_pointers(fused, pointers);
    if (status != CUDNN_STATUS_SUCCESS) {
        return status;
    }
    const auto bytes = static_cast<size_t>(workspace_bytes(plan));
    void *workspace = pack.has(CUDNN_ATTR_VARIANT_PACK_WORKSPACE)
                          ? pack.attribute(CUDNN_ATTR_VARIANT_PACK_WORKSPACE).at<void *>(0)
                          : nullptr;
    if (bytes > 0 && workspace == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, "the plan needs a workspace");
    }
    const Correlation correlation = with_memory(fused, pointers);
    return execute(handle, [=, tensors = fused.tensors, engine = engine_of(plan)] {
        if (!all_alive(tensors, pointers) || (bytes > 0 && !device_memory().holds(workspace, bytes))) {
            return CUDA_ERROR_ILLEGAL_ADDRESS;
        }
        if (bytes > 0) {
            memset(workspace, WORKSPACE_GARBAGE, bytes);
        }
        Correlation changing = correlation;
        changing.alpha *= changing_factor(engine);
        correlate(changing);
        return CUDA_SUCCESS;
    });
}

} // namespace standin
