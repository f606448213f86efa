// What depthwise convolutions share: the packed form of their weights, and windows of 3 x 3. These keep their weights
// in registers along a row, and compute several output pixels at once, which share what they load.
//
// Packed weights are [tap][channels rounded up to LANES], after one such row of biases.
#ifndef HARDNET_CPU_DEPTHWISE_WINDOW_H
#define HARDNET_CPU_DEPTHWISE_WINDOW_H

#include "kernel.h"
#include "maps.h"

namespace hardnet::HN_TIER {
namespace {

// Output pixels whose sums are in registers at once.
constexpr int PIXELS = 4;

HN_INLINE int64_t depthwise_width(const hn_step &step) { return divide_up(step.in_c, LANES) * LANES; }

HN_INLINE int64_t taps_of(const hn_step &step) { return static_cast<int64_t>(step.kernel_h) * step.kernel_w; }

HN_INLINE int64_t depthwise_packed_bytes(const hn_step &step) {
    const int64_t bytes = (1 + taps_of(step)) * depthwise_width(step) * static_cast<int64_t>(sizeof(float));
    return divide_up(bytes, 64) * 64;
}

HN_INLINE void pack_depthwise(const hn_step &step, const float *weights, const float *bias, void *packed) {
    float *to = static_cast<float *>(packed);
    const int64_t width = depthwise_width(step);
    const int64_t floats = depthwise_packed_bytes(step) / static_cast<int64_t>(sizeof(float));
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

template <bool FULL, typename T> HN_INLINE Vec load_lanes(const T *p, int32_t count) {
    return FULL ? load(p) : load_first(p, count);
}

template <bool FULL> HN_INLINE void store_lanes(Element *p, Vec v, int32_t count) {
    if (FULL) {
        store(p, v);
    } else {
        store_first(p, v, count);
    }
}

// Output pixels x to end of one row, for neighbouring channels, under windows of 3 x 3 without dilation and of stride 1
// or 2.
struct WindowRow {
    const hn_step &step;
    const Element *data[3]; // the rows under the window that are inside the map, at x = 0
    int32_t first_tap;    // the window's row that the first of them is under
    int32_t rows;         // how many they are, at least 1
    int64_t pixel_stride; // of these rows
    int32_t channels;
    const float *packed; // the channels' biases
    Element *output;     // the first channel at x = 0
    int32_t x;
    int32_t end;
};

// One vector of channels of a 3 x 3 window that has ROWS rows inside the map: its weights stay in registers.
template <int ROWS> struct Column3 {
    const Element *data[ROWS]; // the rows under the window, at the map's x = 0
    Vec weights[ROWS][3];
    Vec bias;
    int64_t pixel_stride;
    int32_t count;
};

// N neighbouring windows from input column ix on, of which taps first to end are inside the map.
template <int N, int ROWS, int STRIDE, bool FULL>
HN_INLINE void run_windows(const Column3<ROWS> &column, int64_t ix, int first, int end, const hn_step &step,
                           Element *to) {
    Vec sums[N];
#pragma GCC unroll 8
    for (int i = 0; i < N; i++) {
        sums[i] = column.bias;
    }
#pragma GCC unroll 4
    for (int r = 0; r < ROWS; r++) {
        const Element *data = column.data[r] + ix * column.pixel_stride;
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
HN_INLINE void run_column(const WindowRow &row, int32_t c, int32_t inner, int32_t inner_end) {
    const hn_step &step = row.step;
    const int64_t width = depthwise_width(step);
    Column3<ROWS> column;
    column.pixel_stride = row.pixel_stride;
    column.count = row.channels - c;
    column.bias = load_lanes<FULL>(row.packed + c, column.count);
#pragma GCC unroll 4
    for (int r = 0; r < ROWS; r++) {
        const int64_t ky = row.first_tap + r;
        column.data[r] = row.data[r] + c;
#pragma GCC unroll 4
        for (int kx = 0; kx < 3; kx++) {
            column.weights[r][kx] = load_lanes<FULL>(row.packed + (1 + ky * 3 + kx) * width + c, column.count);
        }
    }
    Element *to = row.output + row.x * step.output_stride + c;
    for (int32_t x = row.x; x < row.end;) {
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

template <int ROWS, int STRIDE> __attribute__((noinline)) void run_3x3(const WindowRow &row) {
    const hn_step &step = row.step;
    const int32_t inner = (step.padding_w + STRIDE - 1) / STRIDE;
    const int32_t last_start = step.in_w + step.padding_w - 3;
    const int32_t inner_end = smaller_of(row.end, last_start < 0 ? 0 : last_start / STRIDE + 1);
    int32_t c = 0;
    for (; c + LANES <= row.channels; c += LANES) {
        run_column<ROWS, STRIDE, true>(row, c, inner, inner_end);
    }
    if (c < row.channels) {
        run_column<ROWS, STRIDE, false>(row, c, inner, inner_end);
    }
}

template <int STRIDE> HN_INLINE void run_window_rows(const WindowRow &row) {
    switch (row.rows) {
    case 3:
        return run_3x3<3, STRIDE>(row);
    case 2:
        return run_3x3<2, STRIDE>(row);
    default:
        return run_3x3<1, STRIDE>(row);
    }
}

HN_INLINE void run_window_row(const WindowRow &row) {
    if (row.step.stride == 1) {
        run_window_rows<1>(row);
    } else {
        run_window_rows<2>(row);
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
