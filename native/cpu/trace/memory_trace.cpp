#include "memory_trace.h"

namespace hardnet {

__thread MemoryTrace *memory_trace = nullptr;

MemoryTrace::MemoryTrace(const hn_cache &first, const hn_cache &last)
    : line_shift_(__builtin_ctz(static_cast<uint32_t>(last.line_bytes))), first_(first), last_(last) {}

hn_traffic MemoryTrace::take_traffic() {
    const hn_traffic taken = traffic_;
    traffic_ = {};
    return taken;
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
