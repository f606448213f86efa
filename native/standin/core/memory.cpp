// Stand-in CUDA for tests (standin.h says what it proves and what not): device and pinned memory.
#include "memory.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace standin {

namespace {

constexpr size_t ALIGNMENT = 512;
constexpr size_t GUARD = 1024;
constexpr uint8_t GUARD_BYTE = 0xa5;
constexpr uint8_t UNWRITTEN = 0xff;

size_t rounded_up(size_t bytes) { return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

// Every byte is the one before it.
bool is_guard(const uint8_t *zone, size_t bytes) {
    return zone[0] == GUARD_BYTE && memcmp(zone, zone + 1, bytes - 1) == 0;
}

// The guard behind begins right after the last byte asked for.
size_t guard_behind(size_t bytes) { return rounded_up(bytes) - bytes + GUARD; }

bool is_whole(const uint8_t *block, size_t bytes) {
    return is_guard(block, GUARD) && is_guard(block + GUARD + bytes, guard_behind(bytes));
}

} // namespace

void *Memory::allocate(size_t bytes) {
    auto *block = static_cast<uint8_t *>(std::aligned_alloc(ALIGNMENT, GUARD + bytes + guard_behind(bytes)));
    if (block == nullptr) {
        return nullptr;
    }
    memset(block, GUARD_BYTE, GUARD);
    memset(block + GUARD, UNWRITTEN, bytes);
    memset(block + GUARD + bytes, GUARD_BYTE, guard_behind(bytes));
    allocations_.emplace(reinterpret_cast<uintptr_t>(block + GUARD), Allocation{{block, std::free}, bytes});
    bytes_ += bytes;
    peak_ = std::max(peak_, bytes_);
    return block + GUARD;
}

Memory::Release Memory::release(const void *address) {
    const auto found = allocations_.find(reinterpret_cast<uintptr_t>(address));
    if (found == allocations_.end()) {
        return Release::UNKNOWN;
    }
    const bool whole = is_whole(found->second.block.get(), found->second.bytes);
    bytes_ -= found->second.bytes;
    allocations_.erase(found);
    return whole ? Release::DONE : Release::GUARD_BROKEN;
}

Memory::Allocations::const_iterator Memory::at_or_before(uintptr_t address) const {
    const auto after = allocations_.upper_bound(address);
    return after == allocations_.begin() ? allocations_.end() : std::prev(after);
}

bool Memory::holds(const void *address, size_t bytes) const {
    const auto start = reinterpret_cast<uintptr_t>(address);
    const auto found = at_or_before(start);
    if (found == allocations_.end()) {
        return false;
    }
    const size_t offset = start - found->first;
    return offset <= found->second.bytes && bytes <= found->second.bytes - offset;
}

bool Memory::touches(const void *address, size_t bytes) const {
    const auto start = reinterpret_cast<uintptr_t>(address);
    const auto found = at_or_before(start + bytes - 1);
    return bytes > 0 && found != allocations_.end() && start < found->first + found->second.bytes;
}

bool Memory::guards_are_whole() const {
    return std::all_of(allocations_.begin(), allocations_.end(), [](const Allocations::value_type &entry) {
        return is_whole(entry.second.block.get(), entry.second.bytes);
    });
}

Memory &device_memory() {
    static Memory memory("device allocation");
    return memory;
}

Memory &pinned_memory() {
    static Memory memory("pinned allocation");
    return memory;
}

} // namespace standin
