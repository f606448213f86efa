// Stand-in CUDA for tests (standin.h says what it proves and what not): cuDNN's handles, errors and version.
#include "handle.h"

#include "context.h"

#include <cstdio>
#include <string>
#include <utility>

namespace standin {

namespace {

constexpr size_t VERSION = 91900;
constexpr size_t CUDART_VERSION = 13010;

thread_local std::string last_reason;

} // namespace

Registry<cudnnHandle_t, Handle> &handles() {
    static Registry<cudnnHandle_t, Handle> handles("cuDNN handle");
    return handles;
}

cudnnStatus_t refuse(cudnnStatus_t status, const char *reason) {
    last_reason = reason;
    return status;
}

cudnnStatus_t execute(cudnnHandle_t handle, Work work) {
    const Handle *found = handles().find(handle);
    if (found == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "the handle is not alive");
    }
    if (check_context() != CUDA_SUCCESS) {
        return refuse(CUDNN_STATUS_EXECUTION_FAILED_CUDA_DRIVER, "the thread has no current context");
    }
    calls().launches++;
    const CUresult status = enqueue(found->stream, std::move(work));
    if (status == CUDA_SUCCESS) {
        return CUDNN_STATUS_SUCCESS;
    }
    const char *text = "";
    cuGetErrorString(status, &text);
    return refuse(CUDNN_STATUS_EXECUTION_FAILED, text);
}

} // namespace standin

using namespace standin;

size_t cudnnGetVersion(void) { return VERSION; }

size_t cudnnGetCudartVersion(void) { return CUDART_VERSION; }

const char *cudnnGetErrorString(cudnnStatus_t status) {
    switch (status) {
    case CUDNN_STATUS_SUCCESS:
        return "CUDNN_STATUS_SUCCESS";
    case CUDNN_STATUS_NOT_INITIALIZED:
        return "CUDNN_STATUS_NOT_INITIALIZED";
    case CUDNN_STATUS_SERIALIZATION_VERSION_MISMATCH:
        return "CUDNN_STATUS_SERIALIZATION_VERSION_MISMATCH";
    case CUDNN_STATUS_BAD_PARAM:
        return "CUDNN_STATUS_BAD_PARAM";
    case CUDNN_STATUS_BAD_PARAM_NULL_POINTER:
        return "CUDNN_STATUS_BAD_PARAM_NULL_POINTER";
    case CUDNN_STATUS_BAD_PARAM_MISALIGNED_POINTER:
        return "CUDNN_STATUS_BAD_PARAM_MISALIGNED_POINTER";
    case CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED:
        return "CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED";
    case CUDNN_STATUS_BAD_PARAM_OUT_OF_BOUND:
        return "CUDNN_STATUS_BAD_PARAM_OUT_OF_BOUND";
    case CUDNN_STATUS_BAD_PARAM_SIZE_INSUFFICIENT:
        return "CUDNN_STATUS_BAD_PARAM_SIZE_INSUFFICIENT";
    case CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH:
        return "CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH";
    case CUDNN_STATUS_BAD_PARAM_DUPLICATED_ENTRIES:
        return "CUDNN_STATUS_BAD_PARAM_DUPLICATED_ENTRIES";
    case CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE:
        return "CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE";
    case CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE:
        return "CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE";
    case CUDNN_STATUS_NOT_SUPPORTED:
        return "CUDNN_STATUS_NOT_SUPPORTED";
    case CUDNN_STATUS_NOT_SUPPORTED_GRAPH_PATTERN:
        return "CUDNN_STATUS_NOT_SUPPORTED_GRAPH_PATTERN";
    case CUDNN_STATUS_NOT_SUPPORTED_SHAPE:
        return "CUDNN_STATUS_NOT_SUPPORTED_SHAPE";
    case CUDNN_STATUS_NOT_SUPPORTED_DATA_TYPE:
        return "CUDNN_STATUS_NOT_SUPPORTED_DATA_TYPE";
    case CUDNN_STATUS_NOT_SUPPORTED_LAYOUT:
        return "CUDNN_STATUS_NOT_SUPPORTED_LAYOUT";
    case CUDNN_STATUS_INTERNAL_ERROR:
        return "CUDNN_STATUS_INTERNAL_ERROR";
    case CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED:
        return "CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED";
    case CUDNN_STATUS_EXECUTION_FAILED:
        return "CUDNN_STATUS_EXECUTION_FAILED";
    case CUDNN_STATUS_EXECUTION_FAILED_CUDA_DRIVER:
        return "CUDNN_STATUS_EXECUTION_FAILED_CUDA_DRIVER";
    }
    return "CUDNN_UNKNOWN_STATUS";
}

void cudnnGetLastErrorString(char *message, size_t max_size) {
    if (message != nullptr && max_size > 0) {
        snprintf(message, max_size, "%s", last_reason.c_str());
    }
}

cudnnStatus_t cudnnCreate(cudnnHandle_t *handle) {
    return counted("cudnnCreate", CUDNN_STATUS_NOT_INITIALIZED, [&] {
        return check_context() == CUDA_SUCCESS
                   ? add(handles(), handle)
                   : refuse(CUDNN_STATUS_NOT_INITIALIZED, "the thread has no current context");
    });
}

cudnnStatus_t cudnnDestroy(cudnnHandle_t handle) { return destroy(handles(), handle); }

cudnnStatus_t cudnnSetStream(cudnnHandle_t handle, cudaStream_t stream) {
    return counted("cudnnSetStream", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        Handle *found = handles().find(handle);
        if (found == nullptr || !is_stream(stream)) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the handle or the stream is not alive");
        }
        found->stream = stream;
        return CUDNN_STATUS_SUCCESS;
    });
}

cudnnStatus_t cudnnGetStream(cudnnHandle_t handle, cudaStream_t *stream) {
    return counted("cudnnGetStream", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        const Handle *found = handles().find(handle);
        if (found == nullptr || stream == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the handle is not alive, or the place for the stream is null");
        }
        *stream = found->stream;
        return CUDNN_STATUS_SUCCESS;
    });
}
