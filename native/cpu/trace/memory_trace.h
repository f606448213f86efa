// Where the loads and stores of traced kernels go: through two caches to memory.
#ifndef HARDNET_CPU_TRACE_MEMORY_TRACE_H
#define HARDNET_CPU_TRACE_MEMORY_TRACE_H

#include "cache.h"

namespace hardnet {

// Both caches take a written line in (write-allocate) and write it back when it leaves. The last level sees only what
// the first lacks.
class MemoryTrace {
  public:
    MemoryTrace(const hn_cache &first, const hn_cache &last);

    explicit operator bool() const { return first_ && last_; }

    __attribute__((always_inline)) void access(uint64_t address, int64_t bytes, bool write) {
        const uint64_t last_line = (address + static_cast<uint64_t>(bytes) - 1) >> line_shift_;
        for (uint64_t line = address >> line_shift_; line <= last_line; line++) {
            traffic_.accesses++;
            if (!first_.hits_last_used(line, write)) {
                access_first(line, write);
            }
        }
    }

    // Since the last call.
    hn_traffic take_traffic();

  private:
    void access_first(uint64_t line, bool write);
    void access_last(uint64_t line, bool write);

    const int32_t line_shift_;
    Cache first_;
    Cache last_;
    hn_traffic traffic_ = {};
};

// Of the thread that runs traced kernels.
extern __thread MemoryTrace *memory_trace;

// What lies below is not simulated memory but a kernel's own variables and tables.
static inline __attribute__((always_inline)) void trace(const void *p, int64_t bytes, bool write) {
    const uint64_t address = reinterpret_cast<uintptr_t>(p);
    if (address >= HN_SIMULATED_MEMORY) {
        memory_trace->access(address, bytes, write);
    }
}

static inline __attribute__((always_inline)) void trace_read(const void *p, int64_t bytes) { trace(p, bytes, false); }

static inline __attribute__((always_inline)) void trace_write(const void *p, int64_t bytes) { trace(p, bytes, true); }

} // namespace hardnet

#endif
