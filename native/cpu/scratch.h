// Memory that a program's threads use for themselves while they run an item.
#ifndef HARDNET_CPU_SCRATCH_H
#define HARDNET_CPU_SCRATCH_H

#include <stdint.h>
#include <stdlib.h>

namespace hardnet {

class Scratch {
  public:
    Scratch() = default;
    ~Scratch() { free(memory_); }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;

    // Returns false when the system refused the memory. Once only.
    bool allocate(int64_t bytes, int32_t threads) {
        stride_ = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        const size_t all = static_cast<size_t>(stride_) * static_cast<size_t>(threads);
        return all == 0 || posix_memalign(&memory_, ALIGNMENT, all) == 0;
    }

    void *of(int32_t thread) const { return static_cast<char *>(memory_) + thread * stride_; }

  private:
    static constexpr int64_t ALIGNMENT = 64;
    void *memory_ = nullptr;
    int64_t stride_ = 0;
};

} // namespace hardnet

#endif
