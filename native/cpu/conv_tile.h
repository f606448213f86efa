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
    return 1 + static_cast<int64_t>(step.kernel_h) * step.kernel_w * step.in_c;
}

// What the tiles of one block have in common.
struct Task {
    const hn_step &step;
    const float *packed;
    int32_t first_channel;
};

// The heart: sums[m][r] += x[m][c] * w[c][r] over channels c. Weights that lie a distance ahead are brought nearer.
template <int MR, int NR, bool FETCHES = false>
HN_INLINE void accumulate(const float *const (&x)[MR], const float *w, int64_t channels, Vec (&sums)[MR][NR],
                          int64_t ahead = 0) {
    for (int64_t c = 0; c < channels; c++) {
        Vec weights[NR];
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            weights[r] = load(w + r * LANES);
            if (FETCHES) {
                __builtin_prefetch(w + r * LANES + ahead, 0, 2);
            }
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

// One tap: all segments of the input at the given pixels. The next block's weights lie as far ahead as this one's
// reach.
template <int MR, int NR>
HN_INLINE void accumulate_tap(const hn_step &step, const int64_t *pixels, const float *w, Vec (&sums)[MR][NR]) {
    const int64_t ahead = packed_rows(step) * NR * LANES;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        for (int32_t first = 0; first < segment.channels; first += ZERO_CHANNELS) {
            const float *x[MR];
#pragma GCC unroll 16
            for (int m = 0; m < MR; m++) {
                x[m] = pixels[m] < 0 ? ZEROS : segment.data + pixels[m] * segment.pixel_stride + first;
            }
            const int32_t channels = smaller_of(segment.channels - first, ZERO_CHANNELS);
            accumulate<MR, NR, true>(x, w, channels, sums, ahead);
            w += static_cast<int64_t>(channels) * NR * LANES;
        }
    }
}

template <int NR> HN_INLINE void store_pixel(const Task &task, int64_t pixel, const Vec (&sums)[NR]) {
    const hn_step &step = task.step;
    float *output = step.output + pixel * step.output_stride + task.first_channel;
    const int32_t last_lanes = smaller_of(step.out_c - task.first_channel - (NR - 1) * LANES, LANES);
#pragma GCC unroll 16
    for (int r = 0; r < NR - 1; r++) {
        store(output + r * LANES, activate(sums[r], step.activation));
    }
    store_some(output + (NR - 1) * LANES, activate(sums[NR - 1], step.activation), last_lanes);
}

// Places<MR> says which MR output pixels the tile has, and which input pixels lie under a tap:
//     Places(step, first)               the pixels from the first on, in the operator's order
//     bool under(step, ky, kx, pixels)  writes MR input pixels, -1 for those outside; whether any is inside
//     int64_t output(m)                 where pixel m of the tile lies in the output
template <template <int> class Places, int MR, int NR>
__attribute__((noinline)) void run_tile(const Task &task, int64_t first) {
    const hn_step &step = task.step;
    const Places<MR> places(step, first);
    Vec sums[MR][NR];
#pragma GCC unroll 16
    for (int m = 0; m < MR; m++) {
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            sums[m][r] = load(task.packed + r * LANES);
        }
    }
    const float *w = task.packed + NR * LANES;
    for (int32_t ky = 0; ky < step.kernel_h; ky++) {
        for (int32_t kx = 0; kx < step.kernel_w; kx++) {
            int64_t pixels[MR];
            if (places.under(step, ky, kx, pixels)) {
                accumulate_tap<MR, NR>(step, pixels, w, sums);
            }
            w += static_cast<int64_t>(step.in_c) * NR * LANES;
        }
    }
#pragma GCC unroll 16
    for (int m = 0; m < MR; m++) {
        store_pixel<NR>(task, places.output(m), sums[m]);
    }
}

template <template <int> class Places, int MR, int NR>
HN_INLINE void run_tile_of(int count, const Task &task, int64_t first) {
    if (count == MR) {
        run_tile<Places, MR, NR>(task, first);
    } else if constexpr (MR > 1) {
        run_tile_of<Places, MR - 1, NR>(count, task, first);
    }
}

// Splits output pixels first to end into tiles that differ by at most one pixel.
template <template <int> class Places, int NR> HN_INLINE void run_block(const Task &task, int64_t first, int64_t end) {
    const int64_t tiles = divide_up(end - first, TILE_PIXELS[NR]);
    for (int64_t i = 0; i < tiles; i++) {
        const int64_t from = first + (end - first) * i / tiles;
        const int64_t to = first + (end - first) * (i + 1) / tiles;
        run_tile_of<Places, TILE_PIXELS[NR], NR>(static_cast<int>(to - from), task, from);
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
