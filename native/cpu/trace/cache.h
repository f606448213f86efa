// A set-associative cache, line by line: the least recently used line of a set makes room.
#ifndef HARDNET_CPU_TRACE_CACHE_H
#define HARDNET_CPU_TRACE_CACHE_H

#include "hardnet.h"
#include "memory.h"

namespace hardnet {

class Cache {
  public:
    // A line of memory in the cache: its number, and whether it was written since it came. 0: none.
    typedef uint64_t Entry;

    explicit Cache(const hn_cache &size);

    // False when the system refused the memory.
    explicit operator bool() const { return static_cast<bool>(entries_); }

    // Whether the line is its set's last used one, which an access does not move.
    __attribute__((always_inline)) bool hits_last_used(uint64_t line, bool write) {
        Entry &entry = entries_[set_of(line) * ways_];
        const bool same = entry >> 1 == line;
        entry |= static_cast<Entry>(same & write);
        return same;
    }

    // Whether the line was there; afterwards it is, as its set's last used. Writes what left for it into evicted.
    bool access(uint64_t line, bool write, Entry &evicted);

    // Marks a line as written, without using it. Returns false when it is not there.
    bool mark_written(uint64_t line);

    static uint64_t line_of(Entry entry) { return entry >> 1; }
    static bool is_written(Entry entry) { return (entry & 1) != 0; }

  private:
    __attribute__((always_inline)) int64_t set_of(uint64_t line) const {
        const uint64_t sets = static_cast<uint64_t>(sets_);
        return static_cast<int64_t>(sets & (sets - 1) ? line % sets : line & (sets - 1));
    }

    int64_t way_of(const Entry *set, uint64_t line) const;

    int64_t sets_;
    int64_t ways_;
    Array<Entry> entries_; // of each set, the last used first
};

} // namespace hardnet

#endif
