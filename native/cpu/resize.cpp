// Bilinear resize with aligned corners.
#include "bilinear.h"
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

bool supports(const hn_step &step) { return step.kind == HN_RESIZE; }

// The four input pixels around an output pixel, in one segment.
struct Corners {
    const Element *top_left;
    const Element *top_right;
    const Element *bottom_left;
    const Element *bottom_right;
};

struct Weights {
    Vec top;
    Vec bottom;
    Vec left;
    Vec right;
};

HN_INLINE Vec interpolate(const Corners &at, const Weights &weights, int32_t c, int32_t count) {
    const Vec left = blend(load_some(at.top_left + c, count), load_some(at.bottom_left + c, count), weights.top,
                           weights.bottom);
    const Vec right = blend(load_some(at.top_right + c, count), load_some(at.bottom_right + c, count), weights.top,
                            weights.bottom);
    return blend(left, right, weights.left, weights.right);
}

// The last vector begins where it ends with the segment: what it shares with the one before, it writes again.
HN_INLINE void run_segment(const Corners &at, const Weights &weights, int32_t channels, Element *to) {
    if (channels < LANES) {
        store_first(to, interpolate(at, weights, 0, channels), channels);
        return;
    }
    for (int32_t first = 0; first < channels; first += LANES) {
        const int32_t c = smaller_of(first, channels - LANES);
        store(to + c, interpolate(at, weights, c, LANES));
    }
}

void run_row(const hn_step &step, int64_t picture, int32_t y, Element *output) {
    const Axis axis(step.in_w, step.out_w);
    const Between rows = Axis(step.in_h, step.out_h).at(y);
    const int64_t top = picture + static_cast<int64_t>(rows.first) * step.in_w;
    const int64_t bottom = picture + static_cast<int64_t>(rows.second) * step.in_w;
    for (int32_t x = 0; x < step.out_w; x++) {
        const Between columns = axis.at(x);
        const Weights weights = {broadcast(rows.first_weight), broadcast(rows.second_weight),
                                 broadcast(columns.first_weight), broadcast(columns.second_weight)};
        Element *to = output + x * step.output_stride;
        for (int32_t s = 0; s < step.segment_count; s++) {
            const hn_segment &segment = step.segments[s];
            const Element *data = map_of(segment);
            const Corners at = {data + (top + columns.first) * segment.pixel_stride,
                                data + (top + columns.second) * segment.pixel_stride,
                                data + (bottom + columns.first) * segment.pixel_stride,
                                data + (bottom + columns.second) * segment.pixel_stride};
            run_segment(at, weights, segment.channels, to);
            to += segment.channels;
        }
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_rows(step, item, [&](int64_t picture, int32_t y, Element *output) { run_row(step, picture, y, output); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel resize = {supports, no_bytes, pack_nothing, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
