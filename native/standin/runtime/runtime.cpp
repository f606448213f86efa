// libcudart.so.13: only what says which version it is.
#include "standin_cuda.h"

namespace {

constexpr int VERSION = 13010;

int write_version(int *version) {
    if (version == nullptr) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    *version = VERSION;
    return CUDA_SUCCESS;
}

} // namespace

int cudaRuntimeGetVersion(int *version) { return write_version(version); }

int cudaDriverGetVersion(int *version) { return write_version(version); }

const char *cudaGetErrorString(int error) {
    const char *text = nullptr;
    return cuGetErrorString(static_cast<CUresult>(error), &text) == CUDA_SUCCESS ? text : "unrecognized error code";
}

const char *cudaGetErrorName(int error) {
    const char *text = nullptr;
    return cuGetErrorName(static_cast<CUresult>(error), &text) == CUDA_SUCCESS ? text : "unrecognized error code";
}
