// hn_conv (tiles): any convolution of a view, whose channels may stand anywhere. Weights float32
// [kernel_h * kernel_w][in_c][paddedOutC rounded up to 4], aligned to 16 bytes.
//
// A block computes HN_CONV_TILE_CHANNELS channels of HN_CONV_TILE_PIXELS output pixels, each thread 4 of each. For some
// input channels at a time, tap by tap, what the tile needs is staged in shared memory; the taps of the same channels
// follow each other, so that what they share is near.
#ifndef HN_CUDA_CONV_CUH
#define HN_CUDA_CONV_CUH

#include "items.h"
#include "window.h"

namespace hn {

constexpr int32_t CONV_CHUNK = 16;                              // input channels staged at a time
constexpr int32_t CONV_PIXEL_FOURS = HN_CONV_TILE_PIXELS / 4;
constexpr int32_t CONV_CHANNEL_FOURS = HN_CONV_TILE_CHANNELS / 4;
static_assert(CONV_PIXEL_FOURS * CONV_CHANNEL_FOURS == HN_BLOCK_THREADS, "Each thread computes four by four.");
static_assert(CONV_CHUNK * CONV_CHANNEL_FOURS == HN_BLOCK_THREADS, "Each thread stages four weights.");
static_assert(CONV_CHUNK == CONV_CHANNEL_FOURS, "A quarter of the results takes the place of the staged input.");
static_assert(HN_BLOCK_THREADS % HN_CONV_TILE_PIXELS == 0, "Each thread stages input of one output pixel.");

// Shared memory of a block.
struct ConvTile {
    alignas(16) float inputs[CONV_CHUNK][HN_CONV_TILE_PIXELS];
    Four weights[CONV_CHUNK][CONV_CHANNEL_FOURS];
};

// The window of an output pixel; none beyond the last pixel.
struct ConvWindow {
    bool exists;
    int32_t n;
    Corner corner;
};

// What is staged: a tap and the first of some input channels.
struct ConvStep {
    int32_t first;
    int32_t tap;
};

struct ConvSums {
    float v[4][4]; // [channel][pixel]
};

HN_DEVICE ConvWindow conv_window(const hn_params &p, unsigned pixel) {
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    const bool exists = pixel < static_cast<unsigned>(p.n) * pixels;
    return {exists, static_cast<int32_t>(pixel / pixels), corner_at(p, static_cast<int32_t>(pixel % pixels))};
}

template <typename T, int PACK>
HN_DEVICE void stage_inputs(const hn_params &p, const ConvWindow &window, ConvStep step, unsigned thread,
                            ConvTile &tile) {
    const int32_t y = window.corner.y + step.tap / p.kernel_w * p.dilation;
    const int32_t x = window.corner.x + step.tap % p.kernel_w * p.dilation;
    const bool inside = window.exists && is_inside(p, y, x);
    const int32_t pixel = static_cast<int32_t>(thread % HN_CONV_TILE_PIXELS);
    constexpr int32_t STEP = HN_BLOCK_THREADS / HN_CONV_TILE_PIXELS * PACK;
    HN_UNROLL
    for (int32_t i = 0; i < CONV_CHUNK; i += STEP) {
        const int32_t row = i + static_cast<int32_t>(thread / HN_CONV_TILE_PIXELS) * PACK;
        if (row >= CONV_CHUNK) {
            break;
        }
        const int32_t channel = step.first + row;
        Values<PACK> values = all<PACK>(0);
        if (inside && channel < p.in_c) {
            values = Plane<T, PACK>(p.in[0], window.n, channel / PACK).at(y * p.in_w + x);
        }
        // A pack's last channels may be those of another map.
        for_channels<PACK>([&](int32_t c) { tile.inputs[row + c][pixel] = channel + c < p.in_c ? values.v[c] : 0; });
    }
}

HN_DEVICE void stage_weights(const hn_params &p, unsigned tile_y, ConvStep step, unsigned thread, ConvTile &tile) {
    const int32_t fours = divide_up(padded_out_c(p), 4);
    const int32_t row = static_cast<int32_t>(thread) / CONV_CHANNEL_FOURS;
    const int32_t column = static_cast<int32_t>(thread) % CONV_CHANNEL_FOURS;
    const int32_t four = static_cast<int32_t>(tile_y) * CONV_CHANNEL_FOURS + column;
    const int32_t channel = step.first + row;
    Four weights = {{0, 0, 0, 0}};
    if (channel < p.in_c && four < fours) {
        const int64_t weight_row = static_cast<int64_t>(step.tap) * p.in_c + channel;
        weights = static_cast<const Four *>(p.weight)[weight_row * fours + four];
    }
    tile.weights[row][column] = weights;
}

HN_DEVICE void multiply_tile(const ConvTile &tile, unsigned thread, ConvSums &sums) {
    const unsigned pixel = thread % CONV_PIXEL_FOURS * 4;
    const unsigned four = thread / CONV_PIXEL_FOURS;
    ConvSums next = sums;
    HN_UNROLL
    for (int32_t row = 0; row < CONV_CHUNK; row++) {
        const Four inputs = *reinterpret_cast<const Four *>(&tile.inputs[row][pixel]);
        const Four weights = tile.weights[row][four];
        for_channels<4>([&](int32_t i) {
            for_channels<4>([&](int32_t j) {
                next.v[i][j] = multiply_add(weights.v[i], inputs.v[j], next.v[i][j]);
            });
        });
    }
    sums = next;
}

// Hands channel i of each thread's four over, so that neighbouring threads can write neighbouring pixels.
HN_DEVICE void stage_results(const ConvSums &sums, int32_t i, unsigned thread, ConvTile &tile) {
    for_channels<4>([&](int32_t j) {
        tile.inputs[thread / CONV_PIXEL_FOURS][thread % CONV_PIXEL_FOURS * 4 + static_cast<unsigned>(j)] = sums.v[i][j];
    });
}

template <typename T>
HN_DEVICE void write_results(const hn_params &p, const Block &block, int32_t i, unsigned thread, const ConvTile &tile) {
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    const unsigned column = thread % HN_CONV_TILE_PIXELS;
    const unsigned pixel = block.x * HN_CONV_TILE_PIXELS + column;
    if (pixel >= static_cast<unsigned>(p.n) * pixels) {
        return;
    }
    Element at = {static_cast<int32_t>(pixel / pixels), 0, static_cast<int32_t>(pixel % pixels)};
    constexpr unsigned STEP = HN_BLOCK_THREADS / HN_CONV_TILE_PIXELS;
    for (unsigned row = thread / HN_CONV_TILE_PIXELS; row < CONV_CHUNK; row += STEP) {
        at.pack = static_cast<int32_t>(block.y * HN_CONV_TILE_CHANNELS + row * 4) + i;
        write<T, 1>(p, at, {{tile.inputs[row][column]}});
    }
}

template <typename T, int PACK> HN_DEVICE void conv(const hn_params &p, const Block &block) {
    HN_SHARED ConvTile tile;
    PerThread<ConvWindow> windows;
    PerThread<ConvSums> sums;
    block.for_threads([&](unsigned thread) {
        windows.of(thread) = conv_window(p, block.x * HN_CONV_TILE_PIXELS + thread % HN_CONV_TILE_PIXELS);
        sums.of(thread) = ConvSums{};
    });
    for (int32_t first = 0; first < p.in_c; first += CONV_CHUNK) {
        for (int32_t tap = 0; tap < p.kernel_h * p.kernel_w; tap++) {
            block.phase([&](unsigned thread) {
                stage_inputs<T, PACK>(p, windows.of(thread), {first, tap}, thread, tile);
                stage_weights(p, block.y, {first, tap}, thread, tile);
            });
            block.phase([&](unsigned thread) { multiply_tile(tile, thread, sums.of(thread)); });
        }
    }
    for_channels<4>([&](int32_t i) {
        block.phase([&](unsigned thread) { stage_results(sums.of(thread), i, thread, tile); });
        block.phase([&](unsigned thread) { write_results<T>(p, block, i, thread, tile); });
    });
}

} // namespace hn

#endif
