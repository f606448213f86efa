#include "memory_trace.h"

namespace hardnet {

static __thread MemoryTrace *memory_trace = nullptr;

void set_memory_trace(MemoryTrace *trace) { memory_trace = trace; }

void trace_simulated(uint64_t address, int64_t bytes, bool write) { memory_trace->access(address, bytes, write); }

MemoryTrace::MemoryTrace(const hn_cache &first, const hn_cache &last)
    : line_shift_(__builtin_ctz(static_cast<uint32_t>(last.line_bytes))), first_(first), last_(last) {}

hn_traffic MemoryTrace::take_traffic() {
    const hn_traffic taken = traffic_;
    traffic_ = {};
    return taken;
}

void MemoryTrace::access(uint64_t address, int64_t bytes, bool write) {
    const uint64_t last_line = (address + static_cast<uint64_t>(bytes) - 1) >> line_shift_;
    for (uint64_t line = address >> line_shift_; line <= last_line; line++) {
        traffic_.accesses++;
        if (!first_.hits_last_used(line, write)) {
            access_first(line, write);
        }
    }
}

void MemoryTrace::access_first(uint64_t line, bool write) {
    Cache::Entry evicted;
    if (first_.access(line, write, evicted)) {
        return;
    }
    access_last(line, write);
    if (Cache::is_written(evicted) && !last_.mark_written(Cache::line_of(evicted))) {
        traffic_.write_backs++;
    }
}

// The first level keeps a written line until it leaves: the last level learns of it then.
void MemoryTrace::access_last(uint64_t line, bool write) {
    traffic_.requests++;
    Cache::Entry evicted;
    if (!last_.access(line, false, evicted)) {
        traffic_.read_misses += write ? 0 : 1;
        traffic_.write_misses += write ? 1 : 0;
        traffic_.write_backs += Cache::is_written(evicted) ? 1 : 0;
    }
}

} // namespace hardnet
