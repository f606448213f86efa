// Work on whole pictures of which each channel is independent of the others.
#ifndef HARDNET_CPU_CHANNEL_RANGES_H
#define HARDNET_CPU_CHANNEL_RANGES_H

#include "kernel.h"
#include "maps.h"

namespace hardnet::HN_TIER {
namespace {

HN_INLINE int64_t input_pixels(const hn_step &step) { return static_cast<int64_t>(step.in_h) * step.in_w; }

// An item is one range of channels of one picture.
HN_INLINE int64_t channel_items(const hn_step &step, int32_t item_channels) {
    return step.n * divide_up(step.in_c, item_channels);
}

// Channels of one segment in one picture, at most LANES.
struct Lanes {
    const Element *data; // at the picture's first pixel
    int64_t stride;
    int32_t count;
    int64_t picture;
    int32_t channel; // of the first, among all of the input
};

// Calls lanes_function for the channels of an item.
template <typename LanesFunction>
HN_INLINE void for_lanes(const hn_step &step, int32_t item_channels, int64_t item, LanesFunction lanes_function) {
    const int64_t ranges = divide_up(step.in_c, item_channels);
    const int64_t picture = item / ranges;
    const int32_t first = static_cast<int32_t>(item % ranges) * item_channels;
    const int32_t end = smaller_of(step.in_c, first + item_channels);
    int32_t before = 0;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        const Element *data = map_of(segment) + picture * input_pixels(step) * segment.pixel_stride;
        const int32_t segment_end = smaller_of(end - before, segment.channels);
        for (int32_t c = larger_of(first - before, 0); c < segment_end; c += LANES) {
            const int32_t count = smaller_of(segment_end - c, LANES);
            lanes_function(Lanes{data + c, segment.pixel_stride, count, picture, before + c});
        }
        before += segment.channels;
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
