// Stand-in CUDA for tests (standin.h says what it proves and what not): the driver's primary context.
#include "context.h"

#include "calls.h"
#include "driver_call.h"

namespace standin {

namespace {

thread_local CUcontext current = nullptr;

// Only its address is used.
const char primary = 0;

CUcontext primary_context() { return reinterpret_cast<CUcontext>(const_cast<char *>(&primary)); }

} // namespace

Context &context() {
    static Context context;
    return context;
}

CUresult check_context() {
    if (!context().initialized) {
        return CUDA_ERROR_NOT_INITIALIZED;
    }
    if (current == nullptr) {
        return CUDA_ERROR_INVALID_CONTEXT;
    }
    return context().retained > 0 ? CUDA_SUCCESS : CUDA_ERROR_CONTEXT_IS_DESTROYED;
}

} // namespace standin

using namespace standin;

CUresult cuDevicePrimaryCtxRetain(CUcontext *result, CUdevice device) {
    return device_call("cuDevicePrimaryCtxRetain", CUDA_ERROR_OUT_OF_MEMORY, device, [&] {
        if (result == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        context().retained++;
        *result = primary_context();
        return CUDA_SUCCESS;
    });
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
    return released([&] {
        if (device != 0) {
            return CUDA_ERROR_INVALID_DEVICE;
        }
        if (context().retained == 0) {
            return CUDA_ERROR_INVALID_CONTEXT;
        }
        context().retained--;
        return CUDA_SUCCESS;
    });
}

CUresult cuCtxSetCurrent(CUcontext wanted) {
    return counted("cuCtxSetCurrent", CUDA_ERROR_INVALID_CONTEXT, [&] {
        if (!context().initialized) {
            return CUDA_ERROR_NOT_INITIALIZED;
        }
        if (wanted != nullptr && (wanted != primary_context() || context().retained == 0)) {
            return CUDA_ERROR_INVALID_CONTEXT;
        }
        current = wanted;
        return CUDA_SUCCESS;
    });
}

CUresult cuCtxGetCurrent(CUcontext *result) {
    return counted("cuCtxGetCurrent", CUDA_ERROR_INVALID_CONTEXT, [&] {
        if (!context().initialized) {
            return CUDA_ERROR_NOT_INITIALIZED;
        }
        if (result == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *result = current;
        return CUDA_SUCCESS;
    });
}
