// Work on pixels of which each is independent of its neighbours.
#ifndef HARDNET_CPU_PIXELS_H
#define HARDNET_CPU_PIXELS_H

#include "kernel.h"
#include "maps.h"

namespace hardnet::HN_TIER {
namespace {

// Pixels that go through one range of channels before the next: few enough for all of their channels to stay near.
constexpr int64_t STRETCH_PIXELS = 32;

// Input elements that make an item long enough to claim it.
constexpr int64_t ITEM_INPUTS = 1 << 16;

HN_INLINE int64_t pixels_of(const hn_step &step) { return static_cast<int64_t>(step.n) * step.out_h * step.out_w; }

// Ranges of pixels that the work is cut into.
HN_INLINE int64_t pixel_ranges(const hn_step &step) {
    return divide_up(pixels_of(step), larger_of<int64_t>(1, ITEM_INPUTS / step.in_c));
}

// Calls stretch_function(first pixel, end) for the stretches of an item.
template <typename StretchFunction>
HN_INLINE void for_stretches(const hn_step &step, int64_t item, StretchFunction stretch_function) {
    const int64_t ranges = pixel_ranges(step);
    const int64_t end = pixels_of(step) * (item + 1) / ranges;
    for (int64_t first = pixels_of(step) * item / ranges; first < end; first += STRETCH_PIXELS) {
        stretch_function(first, smaller_of(first + STRETCH_PIXELS, end));
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
