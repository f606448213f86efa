// What the functions of the driver begin with.
#ifndef HARDNET_STANDIN_DRIVER_CALL_H
#define HARDNET_STANDIN_DRIVER_CALL_H

#include "calls.h"
#include "context.h"
#include "standin_cuda.h"

namespace standin {

// A call that asks about a device: needs an initialised driver and the only device there is.
template <class Body> CUresult device_call(const char *name, CUresult failure, CUdevice device, const Body &body) {
    return counted(name, failure, [&] {
        if (!context().initialized) {
            return CUDA_ERROR_NOT_INITIALIZED;
        }
        return device == 0 ? body() : CUDA_ERROR_INVALID_DEVICE;
    });
}

// A call that needs a current context.
template <class Body> CUresult context_call(const char *name, CUresult failure, const Body &body) {
    return counted(name, failure, [&] {
        const CUresult status = check_context();
        return status == CUDA_SUCCESS ? body() : status;
    });
}

// A call that needs a current context, and frees, destroys or releases.
template <class Body> CUresult release_call(const Body &body) {
    return released([&] {
        const CUresult status = check_context();
        return status == CUDA_SUCCESS ? body() : status;
    });
}

} // namespace standin

#endif
