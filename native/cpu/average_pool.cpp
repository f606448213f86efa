// Average pool: the mean over the part of the window inside the padded map, where the padding is zero.
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

bool supports(const hn_step &step) { return step.kind == HN_AVERAGE_POOL; }

// Only a window that rounding the output's size up made hang over the padded map is smaller than the kernel.
int32_t padded_taps(const hn_step &step, int32_t start, int32_t size) {
    return smaller_of(step.kernel, size + step.padding - start);
}

Vec window_sum(const hn_step &step, const hn_segment &segment, int64_t picture, Taps rows, Taps columns, int32_t c) {
    const int32_t count = smaller_of(segment.channels - c, LANES);
    Vec sum = broadcast(0);
    for (int32_t ky = rows.first; ky < rows.end; ky++) {
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            const int64_t y = rows.start + ky;
            const int64_t pixel = picture + y * step.in_w + columns.start + kx;
            sum = add(sum, load_some(segment.data + pixel * segment.pixel_stride + c, count));
        }
    }
    return sum;
}

void run_row(const hn_step &step, int64_t picture, int32_t y, float *output) {
    const Taps rows = taps_at(step, y, step.in_h);
    const int64_t height = padded_taps(step, rows.start, step.in_h);
    for (int32_t x = 0; x < step.out_w; x++) {
        const Taps columns = taps_at(step, x, step.in_w);
        const Vec divisor = broadcast(static_cast<float>(height * padded_taps(step, columns.start, step.in_w)));
        float *to = output + x * step.output_stride;
        for (int32_t s = 0; s < step.segment_count; s++) {
            const hn_segment &segment = step.segments[s];
            for (int32_t c = 0; c < segment.channels; c += LANES) {
                const Vec sum = window_sum(step, segment, picture, rows, columns, c);
                store_some(to + c, divide(sum, divisor), segment.channels - c);
            }
            to += segment.channels;
        }
    }
}

void run(const hn_step &step, int64_t item) {
    for_rows(step, item, [&](int64_t picture, int32_t y, float *output) { run_row(step, picture, y, output); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel average_pool = {supports, no_bytes, pack_nothing, no_workspace, work_items, run};

} // namespace hardnet::HN_TIER
