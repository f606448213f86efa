// Device and pinned memory: host memory between guard zones, with a register of what is alive.
#ifndef HARDNET_STANDIN_MEMORY_H
#define HARDNET_STANDIN_MEMORY_H

#include "export.h"
#include "registry.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>

namespace standin {

class STANDIN_INTERNAL Memory : public LiveKind {
  public:
    using LiveKind::LiveKind;

    // Null when the machine has no such memory left. New memory holds NaN whatever it is read as.
    void *allocate(size_t bytes);

    // Whether the address is that of a live allocation, and its guard zones are whole.
    enum class Release { DONE, UNKNOWN, GUARD_BROKEN };
    Release release(const void *address);

    // Whether a live allocation holds all of the bytes.
    bool holds(const void *address, size_t bytes) const;

    // Whether any of a live allocation's bytes is among them.
    bool touches(const void *address, size_t bytes) const;

    bool guards_are_whole() const;

    int64_t count() const override { return static_cast<int64_t>(allocations_.size()); }
    size_t bytes() const { return bytes_; }
    size_t peak() const { return peak_; }
    void reset_peak() { peak_ = bytes_; }

  private:
    struct Allocation {
        std::unique_ptr<uint8_t, void (*)(void *)> block;
        size_t bytes;
    };
    using Allocations = std::map<uintptr_t, Allocation>;

    Allocations::const_iterator at_or_before(uintptr_t address) const;

    Allocations allocations_;
    size_t bytes_ = 0;
    size_t peak_ = 0;
};

STANDIN_INTERNAL Memory &device_memory();
STANDIN_INTERNAL Memory &pinned_memory();

} // namespace standin

#endif
