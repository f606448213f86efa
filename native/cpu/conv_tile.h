// The register tile of dense convolutions: MR output pixels by NR vectors of output channels, whose sums stay in
// registers from the bias to the activation, across all taps of the window and all segments of the input.
//
// Packed weights are blocks of up to 3 vectors of output channels, one after the other; the last is filled up with
// zeros. A block of NR vectors is
//     bias [NR * LANES] of float, then weights [ky][kx][input channel][NR * LANES] of Element
// so a tile reads its block from front to back.
#ifndef HARDNET_CPU_CONV_TILE_H
#define HARDNET_CPU_CONV_TILE_H

#include "maps.h"

namespace hardnet::HN_TIER {
namespace {

// A padded pixel reads zeros instead of the map; longer segments are read in parts of this many channels.
constexpr int32_t ZERO_CHANNELS = 1024;
alignas(64) constexpr Element ZEROS[ZERO_CHANNELS] = {};

// Smaller elements are widened for so many channels at a time, to stay in the nearest cache until they are multiplied.
constexpr int64_t WIDENED_CHANNELS = 128;

struct Block {
    int32_t first_vector;
    int32_t vectors;
};

HN_INLINE int32_t vectors_of(const hn_step &step) { return static_cast<int32_t>(divide_up(step.out_c, LANES)); }

// Blocks of two vectors, the last of three where their number is odd: more vectors would leave registers for fewer
// pixels, and weights would be read more often; one vector would load an input element for every multiplication.
HN_INLINE int32_t most_blocks_of(const hn_step &step) { return larger_of(1, vectors_of(step) / 2); }

// A 1x1 convolution has an even number of blocks where more of three vectors make that possible, so that two threads
// get about as many vectors each.
HN_INLINE int32_t blocks_of(const hn_step &step) {
    const int32_t most = most_blocks_of(step);
    const int32_t even = most / 2 * 2;
    const bool pointwise = step.kernel_h * step.kernel_w == 1 || step.kind == HN_CONV_DEPTHWISE;
    return pointwise && 3 * even >= vectors_of(step) ? even : most;
}

constexpr int32_t MOST_VECTORS = 3; // of a block

HN_INLINE Block block_of(const hn_step &step, int64_t index) {
    const int64_t vectors = vectors_of(step);
    const int64_t blocks = blocks_of(step);
    const int32_t first = static_cast<int32_t>(vectors * index / blocks);
    return {first, static_cast<int32_t>(vectors * (index + 1) / blocks) - first};
}

// Rows of LANES elements that the bias of a vector of output channels takes.
constexpr int64_t BIAS_ROWS = sizeof(float) / sizeof(Element);

// Those that the vector has: its bias, and a weight per input element.
HN_INLINE int64_t packed_rows(const hn_step &step) {
    return BIAS_ROWS + static_cast<int64_t>(step.kernel_h) * step.kernel_w * step.in_c;
}

// What the tiles of one block have in common, and where they write.
struct Task {
    const hn_step &step;
    const Element *packed;
    int32_t channels;      // of the block, that are written
    int64_t output_stride; // from pixel to pixel
    int64_t origin;        // the output pixel that output points at
    Element *output;       // the block's first channel
};

// Channels first to first + count of each pixel; the last vector is filled up with zeros.
template <int MR, typename T>
__attribute__((noinline)) void widen(const T *const (&x)[MR], int64_t first, int64_t count,
                                     float (&wide)[MR][WIDENED_CHANNELS]) {
#pragma GCC unroll 1
    for (int m = 0; m < MR; m++) {
        const T *from = x[m] + first;
        int64_t c = 0;
        for (; c + LANES <= count; c += LANES) {
            store(wide[m] + c, load(from + c));
        }
        if (c < count) {
            store(wide[m] + c, load_first(from + c, static_cast<int32_t>(count - c)));
        }
    }
}

// Weights as they stand in memory, of one input channel after the other. Those that lie a distance ahead are brought
// nearer.
template <int NR, bool FETCHES, typename W> struct StoredWeights {
    const W *weights;
    int64_t ahead;

    HN_ALWAYS_INLINE void next(Vec (&values)[NR]) {
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            values[r] = load(weights + r * LANES);
            if (FETCHES) {
                __builtin_prefetch(weights + r * LANES + ahead, 0, 2);
            }
        }
        weights += NR * LANES;
    }
};

// The heart: sums[m][r] += x[m][c] * w[c][r] over channels c.
template <int MR, int NR, typename Weights>
HN_INLINE void accumulate(const float *const (&x)[MR], Weights &weights, int64_t channels, Vec (&sums)[MR][NR]) {
    for (int64_t c = 0; c < channels; c++) {
        Vec w[NR];
        weights.next(w);
#pragma GCC unroll 16
        for (int m = 0; m < MR; m++) {
            const Vec value = broadcast(x[m][c]);
#pragma GCC unroll 16
            for (int r = 0; r < NR; r++) {
                sums[m][r] = multiply_add(value, w[r], sums[m][r]);
            }
        }
    }
}

// The same for elements as they stand in maps.
template <int MR, int NR, bool FETCHES = false, typename T>
HN_INLINE void accumulate_elements(const T *const (&x)[MR], const Element *w, int64_t channels, Vec (&sums)[MR][NR],
                                   int64_t ahead = 0) {
    StoredWeights<NR, FETCHES, Element> weights = {w, ahead};
    if constexpr (sizeof(T) == sizeof(float)) {
        accumulate(x, weights, channels, sums);
    } else {
        alignas(64) float wide[MR][WIDENED_CHANNELS];
        for (int64_t first = 0; first < channels; first += WIDENED_CHANNELS) {
            const int64_t count = smaller_of(channels - first, WIDENED_CHANNELS);
            widen(x, first, count, wide);
            const float *values[MR];
#pragma GCC unroll 16
            for (int m = 0; m < MR; m++) {
                values[m] = wide[m];
            }
            accumulate(values, weights, count, sums);
        }
    }
}

// Whether the taps of a window's row stand one after the other in the input, as their weights do.
HN_INLINE bool taps_adjoin(const hn_step &step) {
    return step.segment_count == 1 && step.dilation == 1 && step.segments[0].pixel_stride == step.in_c;
}

// All taps of one row, at the first of them.
template <int MR, int NR>
HN_INLINE void accumulate_row(const hn_step &step, const int64_t *pixels, const Element *w, Vec (&sums)[MR][NR]) {
    const Element *x[MR];
#pragma GCC unroll 16
    for (int m = 0; m < MR; m++) {
        x[m] = map_of(step.segments[0]) + pixels[m] * step.in_c;
    }
    accumulate_elements<MR, NR>(x, w, static_cast<int64_t>(step.kernel_w) * step.in_c, sums);
}

// One tap: all segments of the input at the given pixels. The next block's weights lie as far ahead as this one's
// reach.
template <int MR, int NR>
HN_INLINE void accumulate_tap(const hn_step &step, const int64_t *pixels, const Element *w, Vec (&sums)[MR][NR]) {
    const int64_t ahead = packed_rows(step) * NR * LANES;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        for (int32_t first = 0; first < segment.channels; first += ZERO_CHANNELS) {
            const Element *x[MR];
#pragma GCC unroll 16
            for (int m = 0; m < MR; m++) {
                x[m] = pixels[m] < 0 ? ZEROS : map_of(segment) + pixels[m] * segment.pixel_stride + first;
            }
            const int32_t channels = smaller_of(segment.channels - first, ZERO_CHANNELS);
            accumulate_elements<MR, NR, true>(x, w, channels, sums, ahead);
            w += static_cast<int64_t>(channels) * NR * LANES;
        }
    }
}

template <int MR, int NR> HN_INLINE void activate_tile(int32_t activation, Vec (&sums)[MR][NR]) {
    if (activation == HN_NONE) {
        return;
    }
#pragma GCC unroll 16
    for (int m = 0; m < MR; m++) {
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            sums[m][r] = activation == HN_RELU ? relu(sums[m][r]) : relu6(sums[m][r]);
        }
    }
}

// The last vector of a block may be partly filled.
template <bool FULL, int MR, int NR, typename Places>
HN_INLINE void store_pixels(const Task &task, const Places &places, const Vec (&sums)[MR][NR]) {
    // Of their own, since for all the compiler knows a store may change the task.
    const int64_t stride = task.output_stride;
    const int32_t last_lanes = task.channels - (NR - 1) * LANES;
    Element *const output = task.output - task.origin * stride;
#pragma GCC unroll 16
    for (int m = 0; m < MR; m++) {
        Element *to = output + places.output(m) * stride;
#pragma GCC unroll 16
        for (int r = 0; r < NR - 1; r++) {
            store(to + r * LANES, sums[m][r]);
        }
        if (FULL) {
            store(to + (NR - 1) * LANES, sums[m][NR - 1]);
        } else {
            store_first(to + (NR - 1) * LANES, sums[m][NR - 1], last_lanes);
        }
    }
}

template <int MR, int NR, typename Places>
HN_INLINE void store_tile(const Task &task, const Places &places, Vec (&sums)[MR][NR]) {
    activate_tile<MR, NR>(task.step.activation, sums);
    if (task.channels == NR * LANES) {
        store_pixels<true, MR, NR>(task, places, sums);
    } else {
        store_pixels<false, MR, NR>(task, places, sums);
    }
}

// All taps of the windows that the places lie under.
template <int MR, int NR, typename Places>
HN_INLINE void accumulate_window(const Places &places, const hn_step &step, const Element *w, Vec (&sums)[MR][NR]) {
    const bool adjoin = taps_adjoin(step);
    const int64_t tap_weights = static_cast<int64_t>(step.in_c) * NR * LANES;
    for (int32_t ky = 0; ky < step.kernel_h; ky++) {
        int64_t pixels[MR];
        if (adjoin && places.under_row(step, ky, pixels)) {
            accumulate_row<MR, NR>(step, pixels, w, sums);
            w += step.kernel_w * tap_weights;
            continue;
        }
        for (int32_t kx = 0; kx < step.kernel_w; kx++) {
            if (places.under(step, ky, kx, pixels)) {
                accumulate_tap<MR, NR>(step, pixels, w, sums);
            }
            w += tap_weights;
        }
    }
}

// Places<MR> says which MR output pixels the tile has, and which input pixels lie under a tap:
//     Places(step, first)               the pixels from the first on, in the operator's order
//     bool under(step, ky, kx, pixels)  writes MR input pixels, -1 for those outside; whether any is inside
//     bool under_row(step, ky, pixels)  whether row ky of all MR windows is inside, one tap beside the other; if so,
//                                       writes the MR input pixels under its first tap
//     int64_t output(m)                 where pixel m of the tile lies in the output
template <template <int> class Places, int MR, int NR>
__attribute__((noinline)) void run_tile(const Task &task, int64_t first) {
    const hn_step &step = task.step;
    const Places<MR> places(step, first);
    const float *bias = reinterpret_cast<const float *>(task.packed);
    Vec sums[MR][NR];
#pragma GCC unroll 16
    for (int m = 0; m < MR; m++) {
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            sums[m][r] = load(bias + r * LANES);
        }
    }
    accumulate_window<MR, NR>(places, step, task.packed + BIAS_ROWS * NR * LANES, sums);
    store_tile<MR, NR>(task, places, sums);
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

// As run_block, for a number of vectors that is known when it runs.
template <template <int> class Places>
HN_INLINE void run_block_of(int32_t vectors, const Task &task, int64_t first, int64_t end) {
    switch (vectors) {
    case 1:
        run_block<Places, 1>(task, first, end);
        break;
    case 2:
        run_block<Places, 2>(task, first, end);
        break;
    default:
        run_block<Places, 3>(task, first, end);
        break;
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
