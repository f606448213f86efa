// Max pool: the padding never wins, a NaN under the window does.
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

bool supports(const hn_step &step) { return step.kind == HN_MAX_POOL; }

Vec window_max(const hn_step &step, const hn_segment &segment, int64_t picture, Taps rows, Taps columns, int32_t c) {
    const int32_t count = smaller_of(segment.channels - c, LANES);
    Vec max = broadcast(-__builtin_inff());
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        const int64_t y = rows.start + static_cast<int64_t>(ky) * step.dilation;
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            const int64_t pixel = picture + y * step.in_w + columns.start + static_cast<int64_t>(kx) * step.dilation;
            max = larger(max, load_some(map_of(segment) + pixel * segment.pixel_stride + c, count));
        }
    }
    return max;
}

void run_row(const hn_step &step, int64_t picture, int32_t y, Element *output) {
    const Taps rows = taps_at(step, y, step.in_h);
    for (int32_t x = 0; x < step.out_w; x++) {
        const Taps columns = taps_at(step, x, step.in_w);
        Element *to = output + x * step.output_stride;
        for (int32_t s = 0; s < step.segment_count; s++) {
            const hn_segment &segment = step.segments[s];
            for (int32_t c = 0; c < segment.channels; c += LANES) {
                store_some(to + c, window_max(step, segment, picture, rows, columns, c), segment.channels - c);
            }
            to += segment.channels;
        }
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_rows(step, item, [&](int64_t picture, int32_t y, Element *output) { run_row(step, picture, y, output); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel max_pool = {supports, no_bytes, pack_nothing, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
