// Stand-in CUDA for tests (standin.h says what it proves and what not): the only device of the driver.
#include "driver_call.h"

#include "memory.h"

#include <climits>
#include <cstdio>

namespace standin {

namespace {

constexpr int CUDA_VERSION = 13010;
constexpr size_t TOTAL_MEMORY = size_t{8} << 30;

int attribute_value(CUdevice_attribute attribute) {
    switch (attribute) {
    case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR:
        return 9;
    case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR:
    case CU_DEVICE_ATTRIBUTE_INTEGRATED:
    case CU_DEVICE_ATTRIBUTE_COMPUTE_MODE:
        return 0;
    case CU_DEVICE_ATTRIBUTE_CAN_MAP_HOST_MEMORY:
    case CU_DEVICE_ATTRIBUTE_CONCURRENT_KERNELS:
    case CU_DEVICE_ATTRIBUTE_UNIFIED_ADDRESSING:
    case CU_DEVICE_ATTRIBUTE_ASYNC_ENGINE_COUNT:
        return 1;
    case CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK:
        return 1024;
    case CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR:
        return 2048;
    case CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_X:
        return INT_MAX;
    case CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Y:
    case CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Z:
        return 65535;
    case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK:
        return 48 << 10;
    case CU_DEVICE_ATTRIBUTE_WARP_SIZE:
        return 32;
    case CU_DEVICE_ATTRIBUTE_CLOCK_RATE:
    case CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE:
        return 1000000;
    case CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH:
        return 64;
    case CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE:
        return 1 << 20;
    case CU_DEVICE_ATTRIBUTE_TEXTURE_ALIGNMENT:
        return 512;
    case CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT:
        return 2;
    }
    return -1;
}

} // namespace

size_t total_memory() { return TOTAL_MEMORY; }

} // namespace standin

using namespace standin;

CUresult cuInit(unsigned int flags) {
    return counted("cuInit", CUDA_ERROR_UNKNOWN, [&] {
        if (flags != 0) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        context().initialized = true;
        return CUDA_SUCCESS;
    });
}

CUresult cuDriverGetVersion(int *version) {
    return counted("cuDriverGetVersion", CUDA_ERROR_UNKNOWN, [&] {
        if (version == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *version = CUDA_VERSION;
        return CUDA_SUCCESS;
    });
}

CUresult cuDeviceGetCount(int *count) {
    return device_call("cuDeviceGetCount", CUDA_ERROR_UNKNOWN, 0, [&] {
        if (count == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *count = 1;
        return CUDA_SUCCESS;
    });
}

CUresult cuDeviceGet(CUdevice *device, int ordinal) {
    return device_call("cuDeviceGet", CUDA_ERROR_UNKNOWN, ordinal, [&] {
        if (device == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *device = ordinal;
        return CUDA_SUCCESS;
    });
}

CUresult cuDeviceGetName(char *name, int length, CUdevice device) {
    return device_call("cuDeviceGetName", CUDA_ERROR_UNKNOWN, device, [&] {
        if (name == nullptr || length <= 0) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        snprintf(name, static_cast<size_t>(length), "Stand-in");
        return CUDA_SUCCESS;
    });
}

CUresult cuDeviceGetAttribute(int *value, CUdevice_attribute attribute, CUdevice device) {
    return device_call("cuDeviceGetAttribute", CUDA_ERROR_UNKNOWN, device, [&] {
        if (value == nullptr || attribute_value(attribute) < 0) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *value = attribute_value(attribute);
        return CUDA_SUCCESS;
    });
}

CUresult cuDeviceTotalMem_v2(size_t *bytes, CUdevice device) {
    return device_call("cuDeviceTotalMem_v2", CUDA_ERROR_UNKNOWN, device, [&] {
        if (bytes == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *bytes = total_memory();
        return CUDA_SUCCESS;
    });
}

CUresult cuMemGetInfo_v2(size_t *free, size_t *total) {
    return context_call("cuMemGetInfo_v2", CUDA_ERROR_UNKNOWN, [&] {
        if (free == nullptr || total == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *free = total_memory() - device_memory().bytes();
        *total = total_memory();
        return CUDA_SUCCESS;
    });
}
