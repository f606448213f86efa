// What dense and transposed convolutions share around their tiles: the packed form of weights, and the cut into items.
#ifndef HARDNET_CPU_CONV_ITEMS_H
#define HARDNET_CPU_CONV_ITEMS_H

#include "conv_tile.h"
#include "fetch.h"
#include "pixels.h"

namespace hardnet::HN_TIER {
namespace {

// Multiply-adds that make an item long enough to claim it, and short enough to share a layer out evenly.
constexpr int64_t ITEM_MULTIPLY_ADDS = 1 << 20;

// Ranges of output pixels that a block's work is cut into: whole tiles each, and a number that two or four threads
// share out evenly, so that each finds there what it wrote the step before.
HN_INLINE int64_t ranges_of(const hn_step &step) {
    const int64_t tiles = divide_up(pixels_of(step), TILE_PIXELS[block_of(step, 0).vectors]);
    const int64_t tile_multiply_adds =
        packed_rows(step) * LANES * block_of(step, 0).vectors * TILE_PIXELS[block_of(step, 0).vectors];
    const int64_t tiles_per_range = larger_of<int64_t>(1, ITEM_MULTIPLY_ADDS / tile_multiply_adds);
    const int64_t ranges = divide_up(tiles, tiles_per_range);
    return ranges < 4 ? ranges : smaller_of(tiles, divide_up(ranges, 4) * 4);
}

HN_INLINE int64_t conv_items(const hn_step &step) { return blocks_of(step) * ranges_of(step); }

// Neighbouring items are what one thread gets, so they have either the weights or the pixels in common: what is more.
constexpr int64_t MOST_GROUPS = 8;

HN_INLINE bool direct_weights_outweigh(const hn_step &step) {
    const int64_t inputs = static_cast<int64_t>(step.n) * step.in_h * step.in_w * step.in_c;
    return packed_rows(step) * vectors_of(step) * LANES > inputs;
}

struct ConvItem {
    int64_t block;
    int64_t range;
};

// Groups of ranges of pixels follow each other. Within one, all pixels go through one block of weights, then the next:
// weights stay in the cache.
HN_INLINE ConvItem conv_item(const hn_step &step, int64_t item) {
    const int64_t ranges = ranges_of(step);
    const int64_t blocks = blocks_of(step);
    const int64_t groups = direct_weights_outweigh(step) ? 1 : smaller_of(ranges, MOST_GROUPS);
    const int64_t group = ((item / blocks + 1) * groups - 1) / ranges;
    const int64_t first = ranges * group / groups;
    const int64_t count = ranges * (group + 1) / groups - first;
    const int64_t in_group = item - first * blocks;
    return {in_group / count, first + in_group % count};
}

HN_INLINE int64_t conv_packed_bytes(const hn_step &step) {
    const int64_t bytes = packed_rows(step) * vectors_of(step) * LANES * static_cast<int64_t>(sizeof(Element));
    return divide_up(bytes, 64) * 64;
}

// weight(output channel, input channel, tap) reads the weights as they come.
template <typename Weight>
HN_INLINE void pack_block(const hn_step &step, Block block, Weight weight, const float *bias, Element *packed) {
    const int32_t width = block.vectors * LANES;
    const int64_t area = static_cast<int64_t>(step.kernel_h) * step.kernel_w;
    for (int32_t lane = 0; lane < width; lane++) {
        const int64_t channel = static_cast<int64_t>(block.first_vector) * LANES + lane;
        const bool real = channel < step.out_c;
        reinterpret_cast<float *>(packed)[lane] = real ? bias[channel] : 0;
        Element *to = packed + BIAS_ROWS * width + lane;
        for (int64_t tap = 0; tap < area; tap++) {
            for (int64_t c = 0; c < step.in_c; c++) {
                store_one(to, real ? weight(channel, c, tap) : 0);
                to += width;
            }
        }
    }
}

template <typename Weight>
HN_INLINE void pack_conv(const hn_step &step, Weight weight, const float *bias, void *packed) {
    Element *to = static_cast<Element *>(packed);
    for (int32_t b = 0; b < blocks_of(step); b++) {
        const Block block = block_of(step, b);
        pack_block(step, block, weight, bias, to);
        to += packed_rows(step) * block.vectors * LANES;
    }
    const int64_t written = packed_rows(step) * vectors_of(step) * LANES;
    const int64_t elements = conv_packed_bytes(step) / static_cast<int64_t>(sizeof(Element));
    for (int64_t i = written; i < elements; i++) {
        store_one(to++, 0);
    }
}

// As they come for a dense convolution: [output channel][input channel][tap].
HN_INLINE void pack_dense(const hn_step &step, const float *weights, const float *bias, void *packed) {
    const int64_t area = static_cast<int64_t>(step.kernel_h) * step.kernel_w;
    const auto weight = [&](int64_t out, int64_t in, int64_t tap) {
        return weights[(out * step.in_c + in) * area + tap];
    };
    pack_conv(step, weight, bias, packed);
}

HN_INLINE const Element *block_weights(const hn_step &step, Block block) {
    return static_cast<const Element *>(step.weights) + packed_rows(step) * block.first_vector * LANES;
}

// Tiles whose output is fetched at once: enough to wait for many lines together, few enough to stay in the nearest
// cache.
constexpr int64_t FETCHED_TILES = 4;

template <template <int> class Places> HN_INLINE void run_conv_item(const hn_step &step, int64_t item) {
    const int64_t ranges = ranges_of(step);
    const ConvItem part = conv_item(step, item);
    const Block block = block_of(step, part.block);
    const int64_t pixels = pixels_of(step);
    const int64_t first = pixels * part.range / ranges;
    const int64_t end = pixels * (part.range + 1) / ranges;
    const int32_t first_channel = block.first_vector * LANES;
    const Task task = {step,
                       block_weights(step, block),
                       smaller_of(step.out_c - first_channel, block.vectors * LANES),
                       step.output_stride,
                       0,
                       output_of(step) + first_channel};
    for (int64_t from = first; from < end;) {
        const int64_t to = smaller_of(end, from + FETCHED_TILES * TILE_PIXELS[block.vectors]);
        fetch_to_write(task.output + from * task.output_stride, to - from, task.output_stride, task.channels);
        run_block_of<Places>(block.vectors, task, from, to);
        from = to;
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
