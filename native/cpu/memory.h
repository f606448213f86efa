// Memory that may be refused without an exception: the library is linked without the C++ runtime, so that it neither
// brings one into the host program nor depends on the one it finds there.
#ifndef HARDNET_CPU_MEMORY_H
#define HARDNET_CPU_MEMORY_H

#include <new>
#include <stdint.h>
#include <stdlib.h>

namespace hardnet {

// An array of plain values that are set after it has been made; null when the system refused the memory.
template <typename T> class Array {
  public:
    // One value more than asked for, so that an array of none is not taken for a refused one.
    explicit Array(int64_t count) : values_(static_cast<T *>(calloc(static_cast<size_t>(count) + 1, sizeof(T)))) {}
    ~Array() { free(values_); }
    Array(const Array &) = delete;
    Array &operator=(const Array &) = delete;

    explicit operator bool() const { return values_ != nullptr; }
    T &operator[](int64_t index) { return values_[index]; }
    const T &operator[](int64_t index) const { return values_[index]; }
    T *data() { return values_; }

  private:
    T *values_;
};

} // namespace hardnet

#endif
