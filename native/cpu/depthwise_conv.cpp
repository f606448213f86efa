// Depthwise convolution: vectors along channels. Windows of 3 x 3 keep their weights in registers along a row, and
// compute several output pixels at once, which share what they load.
//
// Packed weights are [tap][channels rounded up to LANES], after one such row of biases.
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

// Output pixels whose sums are in registers at once, and those that go through one vector of channels before the next.
constexpr int PIXELS = 4;
constexpr int32_t STRETCH = 32;

bool supports(const hn_step &step) { return step.kind == HN_DEPTHWISE_CONV; }

int64_t packed_width(const hn_step &step) { return divide_up(step.in_c, LANES) * LANES; }

int64_t taps_of(const hn_step &step) { return static_cast<int64_t>(step.kernel_h) * step.kernel_w; }

int64_t packed_bytes(const hn_step &step) {
    const int64_t bytes = (1 + taps_of(step)) * packed_width(step) * static_cast<int64_t>(sizeof(float));
    return divide_up(bytes, 64) * 64;
}

void pack(const hn_step &step, const float *weights, const float *bias, void *packed) {
    float *to = static_cast<float *>(packed);
    const int64_t width = packed_width(step);
    const int64_t floats = packed_bytes(step) / static_cast<int64_t>(sizeof(float));
    for (int64_t i = 0; i < floats; i++) {
        to[i] = 0;
    }
    for (int64_t c = 0; c < step.in_c; c++) {
        to[c] = bias[c];
        for (int64_t tap = 0; tap < taps_of(step); tap++) {
            to[(1 + tap) * width + c] = weights[c * taps_of(step) + tap];
        }
    }
}

// Output pixels x to end of one row, for one segment of the input.
struct Strip {
    const hn_step &step;
    const hn_segment &segment;
    int64_t picture;
    Taps rows;
    const float *packed; // the segment's biases
    float *output;       // the segment's first channel at x = 0
    int32_t x;
    int32_t end;
};

template <bool FULL> HN_INLINE Vec load_lanes(const float *p, int32_t count) {
    return FULL ? load(p) : load_first(p, count);
}

template <bool FULL> HN_INLINE void store_lanes(float *p, Vec v, int32_t count) {
    if (FULL) {
        store(p, v);
    } else {
        store_first(p, v, count);
    }
}

// Any window, one pixel at a time.
void run_any(const Strip &strip) {
    const hn_step &step = strip.step;
    const int64_t width = packed_width(step);
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
                    const Vec value = load_some(strip.segment.data + pixel * strip.segment.pixel_stride + c, count);
                    sum = multiply_add(value, load_some(weights + kx * width, count), sum);
                }
            }
            store_some(strip.output + x * step.output_stride + c, activate(sum, step.activation), count);
        }
    }
}

// One vector of channels of a 3 x 3 window that has ROWS rows inside the map: its weights stay in registers.
template <int ROWS> struct Column3 {
    const float *data[ROWS]; // the rows under the window, at the map's x = 0
    Vec weights[ROWS][3];
    Vec bias;
    int64_t pixel_stride;
    int32_t count;
};

// N neighbouring windows from input column ix on, of which taps first to end are inside the map.
template <int N, int ROWS, int STRIDE, bool FULL>
HN_INLINE void run_windows(const Column3<ROWS> &column, int64_t ix, int first, int end, const hn_step &step,
                           float *to) {
    Vec sums[N];
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
        sums[i] = column.bias;
    }
#pragma GCC unroll 4
    for (int r = 0; r < ROWS; r++) {
        const float *data = column.data[r] + ix * column.pixel_stride;
#pragma GCC unroll 4
        for (int kx = 0; kx < 3; kx++) {
            if (kx < first || kx >= end) {
                continue;
            }
#pragma GCC unroll 8
            for (int i = 0; i < N; i++) {
                const Vec value = load_lanes<FULL>(data + (i * STRIDE + kx) * column.pixel_stride, column.count);
                sums[i] = multiply_add(value, column.weights[r][kx], sums[i]);
            }
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
        store_lanes<FULL>(to + i * step.output_stride, activate(sums[i], step.activation), column.count);
    }
}

// The strip's pixels in one vector of channels from c on; those from inner to inner_end have whole windows.
template <int ROWS, int STRIDE, bool FULL>
HN_INLINE void run_column(const Strip &strip, int32_t c, int32_t inner, int32_t inner_end) {
    const hn_step &step = strip.step;
    const int64_t width = packed_width(step);
    Column3<ROWS> column;
    column.pixel_stride = strip.segment.pixel_stride;
    column.count = strip.segment.channels - c;
    column.bias = load_lanes<FULL>(strip.packed + c, column.count);
#pragma GCC unroll 4
    for (int r = 0; r < ROWS; r++) {
        const int64_t ky = strip.rows.first + r;
        const int64_t row = strip.picture + (strip.rows.start + ky) * step.in_w;
        column.data[r] = strip.segment.data + row * column.pixel_stride + c;
#pragma GCC unroll 4
        for (int kx = 0; kx < 3; kx++) {
            column.weights[r][kx] = load_lanes<FULL>(strip.packed + (1 + ky * 3 + kx) * width + c, column.count);
        }
    }
    float *to = strip.output + strip.x * step.output_stride + c;
    for (int32_t x = strip.x; x < strip.end;) {
        const int32_t ix = x * STRIDE - step.padding_w;
        if (x >= inner && x + PIXELS <= inner_end) {
            run_windows<PIXELS, ROWS, STRIDE, FULL>(column, ix, 0, 3, step, to);
            x += PIXELS;
            to += PIXELS * step.output_stride;
        } else {
            const int first = larger_of(0, -ix);
            run_windows<1, ROWS, STRIDE, FULL>(column, ix, first, smaller_of(3, step.in_w - ix), step, to);
            x++;
            to += step.output_stride;
        }
    }
}

template <int ROWS, int STRIDE> __attribute__((noinline)) void run_3x3(const Strip &strip) {
    const hn_step &step = strip.step;
    const int32_t inner = (step.padding_w + STRIDE - 1) / STRIDE;
    const int32_t last_start = step.in_w + step.padding_w - 3;
    const int32_t inner_end = smaller_of(strip.end, last_start < 0 ? 0 : last_start / STRIDE + 1);
    int32_t c = 0;
    for (; c + LANES <= strip.segment.channels; c += LANES) {
        run_column<ROWS, STRIDE, true>(strip, c, inner, inner_end);
    }
    if (c < strip.segment.channels) {
        run_column<ROWS, STRIDE, false>(strip, c, inner, inner_end);
    }
}

template <int STRIDE> void run_3x3_rows(const Strip &strip) {
    switch (strip.rows.end - strip.rows.first) {
    case 3:
        return run_3x3<3, STRIDE>(strip);
    case 2:
        return run_3x3<2, STRIDE>(strip);
    case 1:
        return run_3x3<1, STRIDE>(strip);
    default:
        return run_any(strip);
    }
}

void run_strip(const Strip &strip) {
    const hn_step &step = strip.step;
    const bool common = step.kernel_h == 3 && step.dilation == 1;
    if (common && step.stride == 1) {
        run_3x3_rows<1>(strip);
    } else if (common && step.stride == 2) {
        run_3x3_rows<2>(strip);
    } else {
        run_any(strip);
    }
}

void run_row(const hn_step &step, int64_t picture, int32_t y, float *output) {
    const Taps rows = taps_at(step, y, step.in_h);
    for (int32_t x = 0; x < step.out_w; x += STRETCH) {
        const int32_t end = smaller_of(step.out_w, x + STRETCH);
        const float *packed = static_cast<const float *>(step.weights);
        float *to = output;
        for (int32_t s = 0; s < step.segment_count; s++) {
            const hn_segment &segment = step.segments[s];
            run_strip({step, segment, picture, rows, packed, to, x, end});
            packed += segment.channels;
            to += segment.channels;
        }
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_rows(step, item, [&](int64_t picture, int32_t y, float *output) { run_row(step, picture, y, output); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel depthwise_conv = {supports, packed_bytes, pack, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
