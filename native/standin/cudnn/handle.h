// cuDNN's handles, and what its functions begin with.
#ifndef HARDNET_STANDIN_HANDLE_H
#define HARDNET_STANDIN_HANDLE_H

#include "calls.h"
#include "registry.h"
#include "standin_cudnn.h"
#include "stream.h"

namespace standin {

struct Handle {
    CUstream stream = nullptr;
};

STANDIN_INTERNAL Registry<cudnnHandle_t, Handle> &handles();

// Remembers the reason for cudnnGetLastErrorString.
STANDIN_INTERNAL cudnnStatus_t refuse(cudnnStatus_t status, const char *reason);

// Does the work on the handle's stream, as one execution.
STANDIN_INTERNAL cudnnStatus_t execute(cudnnHandle_t handle, Work work);

// Adds an object and writes its handle.
template <class Handle, class Object> cudnnStatus_t add(Registry<Handle, Object> &registry, Handle *result) {
    if (result == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "the place for the result is null");
    }
    *result = registry.add();
    return CUDNN_STATUS_SUCCESS;
}

// A call that creates.
template <class Handle, class Object>
cudnnStatus_t create(const char *name, Registry<Handle, Object> &registry, Handle *result) {
    return counted(name, CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED, [&] { return add(registry, result); });
}

// A call that destroys.
template <class Handle, class Object> cudnnStatus_t destroy(Registry<Handle, Object> &registry, Handle handle) {
    return released([&] {
        return registry.remove(handle) ? CUDNN_STATUS_SUCCESS
                                       : refuse(CUDNN_STATUS_BAD_PARAM, "what is to be destroyed is not alive");
    });
}

} // namespace standin

#endif
