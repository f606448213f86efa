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

    void access(uint64_t address, int64_t bytes, bool write);

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

// Makes this thread's traced kernels tell the trace; null ends that.
void set_memory_trace(MemoryTrace *trace);

// What a traced kernel calls for each load and store. Not inline: kernels hold thousands of them.
void trace_simulated(uint64_t address, int64_t bytes, bool write);

// What lies below is not simulated memory but a kernel's own variables and tables.
static inline __attribute__((always_inline)) void trace(const void *p, int64_t bytes, bool write) {
    const uint64_t address = reinterpret_cast<uintptr_t>(p);
    if (address >= HN_SIMULATED_MEMORY) {
        trace_simulated(address, bytes, write);
    }
}

static inline __attribute__((always_inline)) void trace_read(const void *p, int64_t bytes) { trace(p, bytes, false); }

static inline __attribute__((always_inline)) void trace_write(const void *p, int64_t bytes) { trace(p, bytes, true); }

} // namespace hardnet

#endif
