// Lines that are about to be written, brought into the nearest cache beforehand.
#ifndef HARDNET_CPU_FETCH_H
#define HARDNET_CPU_FETCH_H

#include "simd.h"

namespace hardnet::HN_TIER {
namespace {

constexpr int64_t LINE_BYTES = 64;

// Channels of neighbouring pixels. Memory of the arena is used by many maps, so another thread often wrote these lines
// last, and a store that has to take a line from another core holds up those behind it; many fetches wait at once.
HN_INLINE void fetch_to_write(const Element *output, int64_t pixels, int64_t pixel_stride, int64_t channels) {
    constexpr int64_t step = LINE_BYTES / static_cast<int64_t>(sizeof(Element));
    for (int64_t p = 0; p < pixels; p++) {
        for (int64_t c = 0; c < channels; c += step) {
            __builtin_prefetch(output + c, 1, 3);
        }
        output += pixel_stride;
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
