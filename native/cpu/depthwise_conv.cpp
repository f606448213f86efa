// Depthwise convolution: vectors along channels, several output pixels of a row at once.
//
// Packed weights are [tap][channels rounded up to LANES], after one such row of biases.
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

constexpr int PIXELS = 4;

bool supports(const hn_step &step) { return step.kind == HN_DEPTHWISE_CONV; }

int64_t packed_width(const hn_step &step) { return divide_up(step.in_c, LANES) * LANES; }

int64_t taps_of(const hn_step &step) { return static_cast<int64_t>(step.kernel) * step.kernel; }

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

// One segment of the input at one output row, and where its weights and its output are.
struct Strip {
    const hn_step &step;
    const hn_segment &segment;
    int64_t picture;
    Taps rows;
    const float *packed;
    float *output;
};

template <bool FULL> HN_INLINE Vec load_lanes(const float *p, int32_t count) {
    return FULL ? load(p) : load_first(p, count);
}

// N output pixels from x on, whose windows all have the taps of columns inside the map, and one vector of channels.
// KERNEL and STRIDE are those of the step where they are known at compile time, so that neighbouring windows share
// loads; otherwise 0. FULL: all lanes are channels of the segment.
template <int N, int KERNEL, int STRIDE, bool FULL>
HN_INLINE void run_vector(const Strip &strip, int32_t x, Taps columns, int32_t c) {
    const hn_step &step = strip.step;
    const int64_t pixel_stride = strip.segment.pixel_stride;
    const int64_t width = packed_width(step);
    const int32_t count = strip.segment.channels - c;
    const int64_t stride = STRIDE > 0 ? STRIDE : step.stride;
    const int64_t dilation = KERNEL > 0 ? 1 : step.dilation;
    const int32_t first = KERNEL > 0 ? 0 : columns.first;
    const int32_t end = KERNEL > 0 ? KERNEL : columns.end;
    Vec sums[N];
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
        sums[i] = load_lanes<FULL>(strip.packed + c, count);
    }
    for (int32_t ky = strip.rows.first; ky < strip.rows.end; ky++) {
        const int64_t y = strip.rows.start + static_cast<int64_t>(ky) * step.dilation;
        const int64_t row = strip.picture + y * step.in_w + columns.start;
        const float *data = strip.segment.data + c;
        const float *weights = strip.packed + (1 + static_cast<int64_t>(ky) * step.kernel) * width + c;
#pragma GCC unroll 4
        for (int32_t kx = first; kx < end; kx++) {
            const Vec weight = load_lanes<FULL>(weights + kx * width, count);
#pragma GCC unroll 8
            for (int i = 0; i < N; i++) {
                const int64_t pixel = row + i * stride + kx * dilation;
                sums[i] = multiply_add(load_lanes<FULL>(data + pixel * pixel_stride, count), weight, sums[i]);
            }
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
        store_some(strip.output + (x + i) * step.output_stride + c, activate(sums[i], step.activation), count);
    }
}

template <int N, int KERNEL, int STRIDE>
__attribute__((noinline)) void run_pixels(const Strip &strip, int32_t x, Taps columns) {
    int32_t c = 0;
    for (; c + LANES <= strip.segment.channels; c += LANES) {
        run_vector<N, KERNEL, STRIDE, true>(strip, x, columns, c);
    }
    if (c < strip.segment.channels) {
        run_vector<N, KERNEL, STRIDE, false>(strip, x, columns, c);
    }
}

bool inside(const hn_step &step, Taps columns) { return columns.first == 0 && columns.end == step.kernel; }

void run_inner(const Strip &strip, int32_t x, Taps columns) {
    const hn_step &step = strip.step;
    if (step.kernel == 3 && step.stride == 1 && step.dilation == 1) {
        run_pixels<PIXELS, 3, 1>(strip, x, columns);
    } else if (step.kernel == 3 && step.stride == 2 && step.dilation == 1) {
        run_pixels<PIXELS, 3, 2>(strip, x, columns);
    } else {
        run_pixels<PIXELS, 0, 0>(strip, x, columns);
    }
}

void run_strip(const Strip &strip) {
    const hn_step &step = strip.step;
    int32_t x = 0;
    while (x < step.out_w) {
        const Taps columns = taps_at(step, x, step.in_w);
        const int32_t last = x + PIXELS - 1;
        if (last < step.out_w && inside(step, columns) && inside(step, taps_at(step, last, step.in_w))) {
            run_inner(strip, x, columns);
            x += PIXELS;
        } else {
            run_pixels<1, 0, 0>(strip, x, columns);
            x++;
        }
    }
}

void run_row(const hn_step &step, int64_t picture, int32_t y, float *output) {
    const Taps rows = taps_at(step, y, step.in_h);
    const float *packed = static_cast<const float *>(step.weights);
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        run_strip({step, segment, picture, rows, packed, output});
        packed += segment.channels;
        output += segment.channels;
    }
}

void run(const hn_step &step, int64_t item) {
    for_rows(step, item, [&](int64_t picture, int32_t y, float *output) { run_row(step, picture, y, output); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel depthwise_conv = {supports, packed_bytes, pack, no_workspace, work_items, run};

} // namespace hardnet::HN_TIER
