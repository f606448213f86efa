#include "cache.h"

namespace hardnet {

Cache::Cache(const hn_cache &size)
    : sets_(size.bytes / (static_cast<int64_t>(size.line_bytes) * size.ways)), ways_(size.ways),
      entries_(sets_ * ways_) {}

// The number of ways when the line is in none.
int64_t Cache::way_of(const Entry *set, uint64_t line) const {
    int64_t way = 0;
    while (way < ways_ && line_of(set[way]) != line) {
        way++;
    }
    return way;
}

bool Cache::access(uint64_t line, bool write, Entry &evicted) {
    Entry *set = entries_.data() + set_of(line) * ways_;
    const int64_t way = way_of(set, line);
    const bool hit = way < ways_;
    const int64_t place = hit ? way : ways_ - 1;
    const Entry entry = hit ? set[place] : line << 1;
    evicted = hit ? 0 : set[place];
    for (int64_t i = place; i > 0; i--) {
        set[i] = set[i - 1];
    }
    set[0] = entry | static_cast<Entry>(write);
    return hit;
}

bool Cache::mark_written(uint64_t line) {
    Entry *set = entries_.data() + set_of(line) * ways_;
    const int64_t way = way_of(set, line);
    if (way == ways_) {
        return false;
    }
    set[way] |= 1;
    return true;
}

} // namespace hardnet
