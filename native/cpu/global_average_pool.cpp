// Mean over all pixels of each channel, by compensated sums: maps of any size lose no digit.
#include "kernel.h"
#include "simd.h"

namespace hardnet::HN_TIER {
namespace {

bool supports(const hn_step &step) { return step.kind == HN_GLOBAL_AVERAGE_POOL; }

// An item is one segment of one picture, cut into ranges of this many channels.
constexpr int32_t ITEM_CHANNELS = 128;

int64_t channel_ranges(const hn_step &step) { return divide_up(step.in_c, ITEM_CHANNELS); }

int64_t work_items(const hn_step &step) { return step.n * channel_ranges(step); }

// Kahan's sum: the second vector carries what rounding the first has lost.
Vec mean(const float *data, int64_t pixels, int64_t stride, int32_t count) {
    Vec sum = broadcast(0);
    Vec lost = broadcast(0);
    for (int64_t i = 0; i < pixels; i++) {
        const Vec value = subtract(load_some(data + i * stride, count), lost);
        const Vec next = add(sum, value);
        lost = subtract(subtract(next, sum), value);
        sum = next;
    }
    return divide(sum, broadcast(static_cast<float>(pixels)));
}

void run_channels(const hn_segment &segment, int64_t picture, int64_t pixels, int32_t first, int32_t end, float *to) {
    const float *data = segment.data + picture * pixels * segment.pixel_stride;
    for (int32_t c = first; c < end; c += LANES) {
        store_some(to + c, mean(data + c, pixels, segment.pixel_stride, end - c), end - c);
    }
}

void run(const hn_step &step, int64_t item) {
    const int64_t picture = item / channel_ranges(step);
    const int32_t first = static_cast<int32_t>(item % channel_ranges(step)) * ITEM_CHANNELS;
    const int32_t end = smaller_of(step.in_c, first + ITEM_CHANNELS);
    const int64_t pixels = static_cast<int64_t>(step.in_h) * step.in_w;
    int32_t before = 0;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        const int32_t from = larger_of(first - before, 0);
        const int32_t to = smaller_of(end - before, segment.channels);
        float *output = step.output + picture * step.output_stride + before;
        run_channels(segment, picture, pixels, from, to, output);
        before += segment.channels;
    }
}

} // namespace

extern const Kernel global_average_pool = {supports, no_bytes, pack_nothing, no_workspace, work_items, run};

} // namespace hardnet::HN_TIER
