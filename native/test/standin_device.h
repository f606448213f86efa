// Helps the tests of the stand-in libraries: a current context, and device memory with contents.
#ifndef HARDNET_TEST_STANDIN_DEVICE_H
#define HARDNET_TEST_STANDIN_DEVICE_H

#include "check.h"
#include "standin.h"
#include "standin_cuda.h"

#include <cstdint>
#include <vector>

// While it lives, the thread has a current context.
class CurrentContext {
  public:
    CurrentContext() {
        cuInit(0);
        cuDevicePrimaryCtxRetain(&context_, 0);
        cuCtxSetCurrent(context_);
    }
    ~CurrentContext() {
        cuCtxSetCurrent(nullptr);
        cuDevicePrimaryCtxRelease_v2(0);
    }
    CurrentContext(const CurrentContext &) = delete;
    CurrentContext &operator=(const CurrentContext &) = delete;

  private:
    CUcontext context_ = nullptr;
};

// Device memory of elements of one type.
template <class T> class DeviceArray {
  public:
    explicit DeviceArray(size_t count) : count_(count) { cuMemAlloc_v2(&address_, count * sizeof(T)); }
    explicit DeviceArray(const std::vector<T> &values) : DeviceArray(values.size()) {
        cuMemcpyHtoD_v2(address_, values.data(), count_ * sizeof(T));
    }
    ~DeviceArray() { cuMemFree_v2(address_); }
    DeviceArray(const DeviceArray &) = delete;
    DeviceArray &operator=(const DeviceArray &) = delete;

    CUdeviceptr address() const { return address_; }
    T *data() const { return reinterpret_cast<T *>(static_cast<uintptr_t>(address_)); }

    std::vector<T> values() const {
        std::vector<T> values(count_);
        cuMemcpyDtoH_v2(values.data(), address_, count_ * sizeof(T));
        return values;
    }

  private:
    CUdeviceptr address_ = 0;
    size_t count_;
};

#define CHECK_STATUS(expected, call)                                                                                   \
    do {                                                                                                               \
        const auto got = (call);                                                                                       \
        CHECK(got == (expected), "%s gave %d, expected %d", #call, static_cast<int>(got),                              \
              static_cast<int>(expected));                                                                             \
    } while (0)

#endif
