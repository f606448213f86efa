// Stand-in CUDA for tests (standin.h says what it proves and what not): the driver's allocations, copies and fills.
#include "driver_call.h"
#include "memory.h"
#include "stream.h"

#include <cstring>

namespace standin {

namespace {

constexpr unsigned int HOST_ALLOC_FLAGS = 7;

void *pointer(CUdeviceptr address) { return reinterpret_cast<void *>(static_cast<uintptr_t>(address)); }

CUresult check_device_range(CUdeviceptr address, size_t bytes) {
    return device_memory().holds(pointer(address), bytes) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

// Memory of the host: not the device's, and if it is pinned, then all of it.
CUresult check_host_range(const void *address, size_t bytes) {
    const bool pinned = pinned_memory().touches(address, bytes);
    const bool wrong = address == nullptr || device_memory().touches(address, bytes) ||
                       (pinned && !pinned_memory().holds(address, bytes));
    return wrong ? CUDA_ERROR_INVALID_VALUE : CUDA_SUCCESS;
}

CUresult check_copy(CUdeviceptr device, const void *host, size_t bytes) {
    const CUresult status = check_device_range(device, bytes);
    return status == CUDA_SUCCESS ? check_host_range(host, bytes) : status;
}

// Checks at once and, since a graph may do the work when the memory is no longer alive, again when it is done.
CUresult copy(CUdeviceptr device, const void *host, void *to, const void *from, size_t bytes, CUstream stream) {
    const CUresult status = check_copy(device, host, bytes);
    if (status != CUDA_SUCCESS) {
        return status;
    }
    const bool pinned = pinned_memory().holds(host, bytes);
    return enqueue(stream, [=] {
        if (!device_memory().holds(pointer(device), bytes) || (pinned && !pinned_memory().holds(host, bytes))) {
            return CUDA_ERROR_ILLEGAL_ADDRESS;
        }
        memcpy(to, from, bytes);
        return CUDA_SUCCESS;
    });
}

CUresult fill(CUdeviceptr to, unsigned char value, size_t count, CUstream stream) {
    const CUresult status = check_device_range(to, count);
    if (status != CUDA_SUCCESS) {
        return status;
    }
    return enqueue(stream, [=] {
        if (!device_memory().holds(pointer(to), count)) {
            return CUDA_ERROR_ILLEGAL_ADDRESS;
        }
        memset(pointer(to), value, count);
        return CUDA_SUCCESS;
    });
}

template <class Body> CUresult unless_capturing(const Body &body) {
    const CUresult status = refuse_during_capture();
    return status == CUDA_SUCCESS ? body() : status;
}

CUresult allocate(Memory &memory, size_t bytes, size_t limit, void **result) {
    if (bytes == 0) {
        return CUDA_ERROR_INVALID_VALUE;
    }
    *result = bytes > limit ? nullptr : memory.allocate(bytes);
    return *result == nullptr ? CUDA_ERROR_OUT_OF_MEMORY : CUDA_SUCCESS;
}

CUresult release(Memory &memory, const void *address) {
    switch (memory.release(address)) {
    case Memory::Release::DONE:
        return CUDA_SUCCESS;
    case Memory::Release::GUARD_BROKEN:
        return CUDA_ERROR_ILLEGAL_ADDRESS;
    case Memory::Release::UNKNOWN:
        break;
    }
    return CUDA_ERROR_INVALID_VALUE;
}

} // namespace

} // namespace standin

using namespace standin;

CUresult cuMemAlloc_v2(CUdeviceptr *address, size_t bytes) {
    return context_call("cuMemAlloc_v2", CUDA_ERROR_OUT_OF_MEMORY, [&] {
        return unless_capturing([&] {
            if (address == nullptr) {
                return CUDA_ERROR_INVALID_VALUE;
            }
            void *result = nullptr;
            const CUresult status =
                allocate(device_memory(), bytes, total_memory() - device_memory().bytes(), &result);
            *address = reinterpret_cast<uintptr_t>(result);
            return status;
        });
    });
}

CUresult cuMemFree_v2(CUdeviceptr address) {
    return release_call([&] { return unless_capturing([&] { return release(device_memory(), pointer(address)); }); });
}

CUresult cuMemHostAlloc(void **address, size_t bytes, unsigned int flags) {
    return context_call("cuMemHostAlloc", CUDA_ERROR_OUT_OF_MEMORY, [&] {
        return unless_capturing([&] {
            const bool wrong = address == nullptr || flags > HOST_ALLOC_FLAGS;
            return wrong ? CUDA_ERROR_INVALID_VALUE : allocate(pinned_memory(), bytes, total_memory(), address);
        });
    });
}

CUresult cuMemFreeHost(void *address) {
    return release_call([&] { return unless_capturing([&] { return release(pinned_memory(), address); }); });
}

CUresult cuMemcpyHtoD_v2(CUdeviceptr to, const void *from, size_t bytes) {
    return context_call("cuMemcpyHtoD_v2", CUDA_ERROR_LAUNCH_FAILED, [&] {
        return unless_capturing([&] { return copy(to, from, pointer(to), from, bytes, nullptr); });
    });
}

CUresult cuMemcpyDtoH_v2(void *to, CUdeviceptr from, size_t bytes) {
    return context_call("cuMemcpyDtoH_v2", CUDA_ERROR_LAUNCH_FAILED, [&] {
        return unless_capturing([&] { return copy(from, to, to, pointer(from), bytes, nullptr); });
    });
}

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, CUstream stream) {
    return context_call("cuMemcpyHtoDAsync_v2", CUDA_ERROR_LAUNCH_FAILED,
                        [&] { return copy(to, from, pointer(to), from, bytes, stream); });
}

CUresult cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, CUstream stream) {
    return context_call("cuMemcpyDtoHAsync_v2", CUDA_ERROR_LAUNCH_FAILED,
                        [&] { return copy(from, to, to, pointer(from), bytes, stream); });
}

CUresult cuMemsetD8_v2(CUdeviceptr to, unsigned char value, size_t count) {
    return context_call("cuMemsetD8_v2", CUDA_ERROR_LAUNCH_FAILED,
                        [&] { return unless_capturing([&] { return fill(to, value, count, nullptr); }); });
}

CUresult cuMemsetD8Async(CUdeviceptr to, unsigned char value, size_t count, CUstream stream) {
    return context_call("cuMemsetD8Async", CUDA_ERROR_LAUNCH_FAILED, [&] { return fill(to, value, count, stream); });
}
