// The tile of results that a block of the own convolution computes, and what stands in shared memory for it.
#ifndef HN_CUDA_CONV_TILE_H
#define HN_CUDA_CONV_TILE_H

#include "packs.h"

namespace hn {

// CHANNELS x PIXELS results; each thread sums FOURS times four channels of four pixels. Where these take fewer threads
// than a block has, the block is so many slices, each of which sums its share of the rows.
template <int CHANNELS, int PIXELS, int FOURS> struct ConvShape {
    static constexpr int32_t TILE_CHANNELS = CHANNELS;
    static constexpr int32_t TILE_PIXELS = PIXELS;
    static constexpr int32_t THREAD_FOURS = FOURS;
    static constexpr int32_t CHANNEL_FOURS = CHANNELS / 4;
    static constexpr int32_t CHANNEL_THREADS = CHANNEL_FOURS / FOURS;
    static constexpr int32_t PIXEL_THREADS = PIXELS / 4;
    static constexpr int32_t SLICE_THREADS = CHANNEL_THREADS * PIXEL_THREADS;
    static constexpr int32_t SLICES = HN_BLOCK_THREADS / SLICE_THREADS;
    static constexpr int32_t SLICE_ROWS = 16;
    static constexpr int32_t ROWS = SLICES * SLICE_ROWS; // input channels of taps, staged at a time

    static_assert(SLICES * SLICE_THREADS == HN_BLOCK_THREADS, "Each thread belongs to a slice.");
    static_assert(ROWS * CHANNEL_FOURS == HN_BLOCK_THREADS, "Each thread stages four weights.");
    static_assert(HN_BLOCK_THREADS % PIXELS == 0, "Each thread stages inputs of one output pixel.");
    static_assert(CHANNEL_THREADS % 4 == 0 && PIXEL_THREADS % 8 == 0, "A warp takes 4 by 8 threads' results.");
};

template <typename Shape> struct ConvStage {
    alignas(16) float inputs[Shape::ROWS][Shape::TILE_PIXELS];
    Four weights[Shape::ROWS][Shape::CHANNEL_FOURS];
};

// Shared memory of a block: one stage is multiplied while the other is filled; then the results of each slice.
template <typename Shape> union ConvMemory {
    ConvStage<Shape> stages[2];
    alignas(16) float results[Shape::SLICES][Shape::TILE_CHANNELS][Shape::TILE_PIXELS];
};

template <typename Shape> struct ConvSums {
    float v[Shape::THREAD_FOURS][4][4]; // [four][channel][pixel]
};

// What a thread sums. Warps take 4 x 8 threads' results, so that they read the least of shared memory.
struct ConvPlace {
    unsigned slice;
    unsigned pixel; // the first of four
    unsigned four;  // of channels; further ones follow CHANNEL_THREADS apart
};

template <typename Shape> HN_DEVICE ConvPlace conv_place(unsigned thread) {
    constexpr unsigned WARPS_ALONG = Shape::PIXEL_THREADS / 8;
    const unsigned within = thread % Shape::SLICE_THREADS;
    const unsigned lane = within % 32;
    const unsigned warp = within / 32;
    return {thread / Shape::SLICE_THREADS, (warp % WARPS_ALONG * 8 + lane % 8) * 4, warp / WARPS_ALONG * 4 + lane / 8};
}

template <typename Shape>
HN_DEVICE void multiply_stage(const ConvStage<Shape> &stage, unsigned thread, ConvSums<Shape> &sums) {
    const ConvPlace place = conv_place<Shape>(thread);
    ConvSums<Shape> next = sums;
    HN_UNROLL
    for (int32_t i = 0; i < Shape::SLICE_ROWS; i++) {
        const unsigned row = place.slice * Shape::SLICE_ROWS + static_cast<unsigned>(i);
        const Four inputs = *reinterpret_cast<const Four *>(&stage.inputs[row][place.pixel]);
        for_channels<Shape::THREAD_FOURS>([&](int32_t f) {
            const Four weights = stage.weights[row][place.four + static_cast<unsigned>(f * Shape::CHANNEL_THREADS)];
            for_channels<4>([&](int32_t c) {
                for_channels<4>([&](int32_t j) {
                    next.v[f][c][j] = multiply_add(weights.v[c], inputs.v[j], next.v[f][c][j]);
                });
            });
        });
    }
    sums = next;
}

// Hands all results over, so that neighbouring threads can write neighbouring pixels.
template <typename Shape>
HN_DEVICE void stage_results(const ConvSums<Shape> &sums, unsigned thread, ConvMemory<Shape> &memory) {
    const ConvPlace place = conv_place<Shape>(thread);
    for_channels<Shape::THREAD_FOURS>([&](int32_t f) {
        const unsigned four = place.four + static_cast<unsigned>(f * Shape::CHANNEL_THREADS);
        for_channels<4>([&](int32_t c) {
            float *to = &memory.results[place.slice][four * 4 + static_cast<unsigned>(c)][place.pixel];
            const float *from = sums.v[f][c];
            *reinterpret_cast<Four *>(to) = {{from[0], from[1], from[2], from[3]}};
        });
    });
}

// A staged result: that of all slices, added in their order.
template <typename Shape>
HN_DEVICE float staged_result(const ConvMemory<Shape> &memory, unsigned channel, unsigned pixel) {
    float sum = memory.results[0][channel][pixel];
    HN_UNROLL
    for (int32_t slice = 1; slice < Shape::SLICES; slice++) {
        sum += memory.results[slice][channel][pixel];
    }
    return sum;
}

} // namespace hn

#endif
