// Depthwise convolution: vectors along channels.
#include "depthwise_window.h"
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

// Output pixels that go through one vector of channels before the next.
constexpr int32_t STRETCH = 32;

bool supports(const hn_step &step) { return step.kind == HN_DEPTHWISE_CONV; }

int64_t packed_bytes(const hn_step &step) { return depthwise_packed_bytes(step); }

void pack(const hn_step &step, const float *weights, const float *bias, void *packed) {
    pack_depthwise(step, weights, bias, packed);
}

// Output pixels x to end of one row, for one segment of the input.
struct Strip {
    const hn_step &step;
    const hn_segment &segment;
    int64_t picture;
    Taps rows;
    const float *packed; // the segment's biases
    Element *output;     // the segment's first channel at x = 0
    int32_t x;
    int32_t end;
};

// Any window, one pixel at a time.
void run_any(const Strip &strip) {
    const hn_step &step = strip.step;
    const int64_t width = depthwise_width(step);
    for (int32_t x = strip.x; x < strip.end; x++) {
        const Taps columns = taps_at(step, x, step.in_w);
        for (int32_t c = 0; c < strip.segment.channels; c += LANES) {
            const int32_t count = strip.segment.channels - c;
            Vec sum = load_some(strip.packed + c, count);
            for (int32_t ky = strip.rows.first; ky < strip.rows.end; ky++) {
                const int64_t y = strip.rows.start + static_cast<int64_t>(ky) * step.dilation;
                const int64_t row = strip.picture + y * step.in_w + columns.start;
                const float *weights = strip.packed + (1 + static_cast<int64_t>(ky) * step.kernel_w) * width + c;
                for (int32_t kx = columns.first; kx < columns.end; kx++) {
                    const int64_t pixel = row + static_cast<int64_t>(kx) * step.dilation;
                    const Vec value = load_some(map_of(strip.segment) + pixel * strip.segment.pixel_stride + c, count);
                    sum = multiply_add(value, load_some(weights + kx * width, count), sum);
                }
            }
            store_some(strip.output + x * step.output_stride + c, activate(sum, step.activation), count);
        }
    }
}

// Of a window that has a row inside the map.
WindowRow window_row(const Strip &strip) {
    WindowRow row = {strip.step,
                     {},
                     strip.rows.first,
                     strip.rows.end - strip.rows.first,
                     strip.segment.pixel_stride,
                     strip.segment.channels,
                     strip.packed,
                     strip.output,
                     strip.x,
                     strip.end};
    for (int32_t r = 0; r < row.rows; r++) {
        const int64_t y = strip.rows.start + row.first_tap + r;
        row.data[r] = map_of(strip.segment) + (strip.picture + y * strip.step.in_w) * row.pixel_stride;
    }
    return row;
}

void run_strip(const Strip &strip) {
    const hn_step &step = strip.step;
    const bool common = step.kernel_h == 3 && step.dilation == 1 && step.stride <= 2;
    if (common && strip.rows.first < strip.rows.end) {
        run_window_row(window_row(strip));
    } else {
        run_any(strip);
    }
}

void run_row(const hn_step &step, int64_t picture, int32_t y, Element *output) {
    const Taps rows = taps_at(step, y, step.in_h);
    for (int32_t x = 0; x < step.out_w; x += STRETCH) {
        const int32_t end = smaller_of(step.out_w, x + STRETCH);
        const float *packed = static_cast<const float *>(step.weights);
        Element *to = output;
        for (int32_t s = 0; s < step.segment_count; s++) {
            const hn_segment &segment = step.segments[s];
            run_strip({step, segment, picture, rows, packed, to, x, end});
            packed += segment.channels;
            to += segment.channels;
        }
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_rows(step, item, [&](int64_t picture, int32_t y, Element *output) { run_row(step, picture, y, output); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel depthwise_conv = {supports, packed_bytes, pack, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
