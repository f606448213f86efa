// The register tile of dense convolutions: MR output pixels by NR vectors of output channels, whose sums stay in
// registers from the bias to the activation, across all taps of the window and all segments of the input.
//
// Packed weights are blocks of up to 3 vectors of output channels, one after the other; the last is filled up with
// zeros. A block of NR vectors is
//     bias [NR * LANES], then weights [ky][kx][input channel][NR * LANES]
// so a tile reads its block from front to back.
#ifndef HARDNET_CPU_CONV_TILE_H
#define HARDNET_CPU_CONV_TILE_H

#include "kernel.h"
#include "simd.h"

namespace hardnet::HN_TIER {
namespace {


// A padded pixel reads zeros instead of the map; longer segments are read in parts of this many channels.
constexpr int32_t ZERO_CHANNELS = 1024;
alignas(64) constexpr float ZEROS[ZERO_CHANNELS] = {};

struct Block {
    int32_t first_vector;
    int32_t vectors;
};

HN_INLINE int32_t vectors_of(const hn_step &step) { return static_cast<int32_t>(divide_up(step.out_c, LANES)); }

// Blocks of two vectors, the last of three where their number is odd: more vectors would leave registers for fewer
// pixels, and weights would be read more often; one vector would load an input element for every multiplication.
HN_INLINE int32_t blocks_of(const hn_step &step) { return larger_of(1, vectors_of(step) / 2); }

HN_INLINE Block block_of(const hn_step &step, int64_t index) {
    const int32_t first = static_cast<int32_t>(index) * 2;
    return {first, index + 1 < blocks_of(step) ? 2 : vectors_of(step) - first};
}

// Rows of LANES floats that one vector of output channels has: its bias, and a weight per input element.
HN_INLINE int64_t packed_rows(const hn_step &step) {
    return 1 + static_cast<int64_t>(step.kernel) * step.kernel * step.in_c;
}

// What the tiles of one block have in common.
struct Task {
    const hn_step &step;
    const float *packed;
    int32_t first_channel;
};

// Where the windows of MR consecutive output pixels begin.
template <int MR> struct Windows {
    int64_t picture[MR]; // first input pixel of the picture
    int32_t y[MR];
    int32_t x[MR];
};

template <int MR> HN_INLINE void locate(const hn_step &step, int64_t pixel, Windows<MR> &windows) {
    const int64_t row = pixel / step.out_w;
    int32_t x = static_cast<int32_t>(pixel % step.out_w);
    int32_t y = static_cast<int32_t>(row % step.out_h);
    const int64_t picture_pixels = static_cast<int64_t>(step.in_h) * step.in_w;
    int64_t picture = row / step.out_h * picture_pixels;
    for (int m = 0; m < MR; m++) {
        windows.picture[m] = picture;
        windows.y[m] = y * step.stride - step.padding;
        windows.x[m] = x * step.stride - step.padding;
        if (++x == step.out_w) {
            x = 0;
            if (++y == step.out_h) {
                y = 0;
                picture += picture_pixels;
            }
        }
    }
}

// The input pixels under one tap, -1 for those in the padding. Returns whether any is inside the map.
template <int MR>
HN_INLINE bool pixels_under(const hn_step &step, const Windows<MR> &windows, int32_t ky, int32_t kx, int64_t *pixels) {
    bool any = false;
    for (int m = 0; m < MR; m++) {
        const int32_t y = windows.y[m] + ky * step.dilation;
        const int32_t x = windows.x[m] + kx * step.dilation;
        const bool inside = static_cast<uint32_t>(y) < static_cast<uint32_t>(step.in_h) &&
                            static_cast<uint32_t>(x) < static_cast<uint32_t>(step.in_w);
        pixels[m] = inside ? windows.picture[m] + static_cast<int64_t>(y) * step.in_w + x : -1;
        any |= inside;
    }
    return any;
}

// The heart: sums[m][r] += x[m][c] * w[c][r] over channels c.
template <int MR, int NR>
HN_INLINE void accumulate(const float *const (&x)[MR], const float *w, int64_t channels, Vec (&sums)[MR][NR]) {
    for (int64_t c = 0; c < channels; c++) {
        Vec weights[NR];
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            weights[r] = load(w + r * LANES);
        }
        w += NR * LANES;
#pragma GCC unroll 16
        for (int m = 0; m < MR; m++) {
            const Vec value = broadcast(x[m][c]);
#pragma GCC unroll 16
            for (int r = 0; r < NR; r++) {
                sums[m][r] = multiply_add(value, weights[r], sums[m][r]);
            }
        }
    }
}

// One tap: all segments of the input at the given pixels.
template <int MR, int NR>
HN_INLINE void accumulate_tap(const hn_step &step, const int64_t *pixels, const float *w, Vec (&sums)[MR][NR]) {
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        for (int32_t first = 0; first < segment.channels; first += ZERO_CHANNELS) {
            const float *x[MR];
#pragma GCC unroll 16
            for (int m = 0; m < MR; m++) {
                x[m] = pixels[m] < 0 ? ZEROS : segment.data + pixels[m] * segment.pixel_stride + first;
            }
            const int32_t channels = smaller_of(segment.channels - first, ZERO_CHANNELS);
            accumulate<MR, NR>(x, w, channels, sums);
            w += static_cast<int64_t>(channels) * NR * LANES;
        }
    }
}

template <int MR, int NR> HN_INLINE void store_tile(const Task &task, int64_t pixel, const Vec (&sums)[MR][NR]) {
    const hn_step &step = task.step;
    float *output = step.output + pixel * step.output_stride + task.first_channel;
    const int32_t last_lanes = smaller_of(step.out_c - task.first_channel - (NR - 1) * LANES, LANES);
#pragma GCC unroll 16
    for (int m = 0; m < MR; m++) {
#pragma GCC unroll 16
        for (int r = 0; r < NR - 1; r++) {
            store(output + r * LANES, activate(sums[m][r], step.activation));
        }
        store_some(output + (NR - 1) * LANES, activate(sums[m][NR - 1], step.activation), last_lanes);
        output += step.output_stride;
    }
}

template <int MR, int NR> __attribute__((noinline)) void run_tile(const Task &task, int64_t pixel) {
    const hn_step &step = task.step;
    Windows<MR> windows;
    locate<MR>(step, pixel, windows);
    Vec sums[MR][NR];
#pragma GCC unroll 16
    for (int m = 0; m < MR; m++) {
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            sums[m][r] = load(task.packed + r * LANES);
        }
    }
    const float *w = task.packed + NR * LANES;
    for (int32_t ky = 0; ky < step.kernel; ky++) {
        for (int32_t kx = 0; kx < step.kernel; kx++) {
            int64_t pixels[MR];
            if (pixels_under<MR>(step, windows, ky, kx, pixels)) {
                accumulate_tap<MR, NR>(step, pixels, w, sums);
            }
            w += static_cast<int64_t>(step.in_c) * NR * LANES;
        }
    }
    store_tile<MR, NR>(task, pixel, sums);
}

template <int MR, int NR> HN_INLINE void run_tile_of(int count, const Task &task, int64_t pixel) {
    if (count == MR) {
        run_tile<MR, NR>(task, pixel);
    } else if constexpr (MR > 1) {
        run_tile_of<MR - 1, NR>(count, task, pixel);
    }
}

// Splits output pixels first to end into tiles that differ by at most one pixel.
template <int NR> HN_INLINE void run_block(const Task &task, int64_t first, int64_t end) {
    const int64_t tiles = divide_up(end - first, TILE_PIXELS[NR]);
    for (int64_t i = 0; i < tiles; i++) {
        const int64_t from = first + (end - first) * i / tiles;
        const int64_t to = first + (end - first) * (i + 1) / tiles;
        run_tile_of<TILE_PIXELS[NR], NR>(static_cast<int>(to - from), task, from);
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
