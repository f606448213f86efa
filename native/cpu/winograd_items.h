// The cut of Winograd's convolution into items: a range of tiles, and a part of the output channels. An item takes its
// tiles from the input to the output, so that what it transforms stays in the cache between.
//
// Every range reads all weights, and every part transforms the input anew. Where weights are many, ranges are long,
// even if what they transform leaves the cache: a point's share of it comes back once, and stays for all outputs. There
// threads share the parts out, so that each of them reads its own weights only.
#ifndef HARDNET_CPU_WINOGRAD_ITEMS_H
#define HARDNET_CPU_WINOGRAD_ITEMS_H

#include "winograd_tiles.h"

namespace hardnet::HN_TIER {
namespace {

// What an item transforms stays in the cache of a thread up to CACHE_BYTES, and never takes more than SCRATCH_BYTES
// unless a few tiles do.
constexpr int64_t CACHE_BYTES = 640 * 1024;
constexpr int64_t SCRATCH_BYTES = 3 * 1024 * 1024;
constexpr int64_t FEW_TILES = 8;

// Items that several threads can share, and the blocks of outputs that are worth a transform of the input.
constexpr int64_t WANTED_ITEMS = 8;
constexpr int64_t PART_BLOCKS = 2;

struct WinogradItems {
    int64_t ranges;
    int64_t parts;

    int64_t count() const { return ranges * parts; }
};

constexpr int64_t VECTOR_BYTES = LANES * sizeof(float);

template <typename F> HN_INLINE int64_t tile_bytes(const hn_step &step) {
    return F::AREA * (input_vectors(step) + vectors_of(step)) * VECTOR_BYTES;
}

template <typename F> HN_INLINE int64_t ranges_within(const hn_step &step, int64_t bytes) {
    return divide_up(TileGrid<F>(step).tiles, larger_of(FEW_TILES, bytes / tile_bytes<F>(step)));
}

template <typename F> HN_INLINE int64_t weight_bytes(const hn_step &step) {
    return F::SLICES * F::KEPT * step.in_c * vectors_of(step) * LANES * static_cast<int64_t>(sizeof(Element));
}

// The ranges that read and write least beyond the cache: weights once per range, or what is transformed, twice.
template <typename F> HN_INLINE int64_t cheapest_ranges(const hn_step &step) {
    const int64_t kept = ranges_within<F>(step, CACHE_BYTES);
    const int64_t spilt = ranges_within<F>(step, SCRATCH_BYTES);
    const int64_t spill = 2 * TileGrid<F>(step).tiles * tile_bytes<F>(step);
    return (kept - spilt) * weight_bytes<F>(step) > spill ? spilt : kept;
}

template <typename F> HN_INLINE bool weights_outweigh(const hn_step &step) {
    const int64_t pixels = static_cast<int64_t>(step.n) * step.in_h * step.in_w;
    return weight_bytes<F>(step) > pixels * input_vectors(step) * LANES * static_cast<int64_t>(sizeof(Element));
}

HN_INLINE int64_t most_parts(const hn_step &step) {
    const int64_t blocks = blocks_of(step);
    return larger_of(blocks / PART_BLOCKS, smaller_of<int64_t>(blocks, 2));
}

template <typename F> HN_INLINE WinogradItems items_of(const hn_step &step) {
    const int64_t most_ranges = larger_of<int64_t>(1, TileGrid<F>(step).tiles / FEW_TILES);
    WinogradItems items = {cheapest_ranges<F>(step), 1};
    if (weights_outweigh<F>(step)) {
        items.parts = smaller_of(most_parts(step), divide_up(WANTED_ITEMS, items.ranges));
    }
    if (items.count() < WANTED_ITEMS / 2) {
        const int64_t wanted = smaller_of(most_ranges, divide_up(WANTED_ITEMS / 2, items.parts));
        items.ranges = larger_of(items.ranges, wanted);
    }
    return items;
}

// Blocks first to end of output channels.
struct BlockRange {
    int64_t first;
    int64_t end;
};

struct WinogradItem {
    TileRange tiles;
    BlockRange blocks;
    int32_t first_vector;
    int32_t vectors;
};

// Neighbouring items are what one thread gets, so they have the part in common where its weights are more than the
// input, else the range.
template <typename F> HN_INLINE WinogradItem winograd_item(const hn_step &step, int64_t index) {
    const WinogradItems items = items_of<F>(step);
    const int64_t tiles = TileGrid<F>(step).tiles;
    const bool by_part = weights_outweigh<F>(step);
    const int64_t range = by_part ? index % items.ranges : index / items.parts;
    const int64_t part = by_part ? index / items.ranges : index % items.parts;
    const BlockRange blocks = {blocks_of(step) * part / items.parts, blocks_of(step) * (part + 1) / items.parts};
    const Block last = block_of(step, blocks.end - 1);
    const int32_t first_vector = block_of(step, blocks.first).first_vector;
    return {{tiles * range / items.ranges, tiles * (range + 1) / items.ranges},
            blocks,
            first_vector,
            last.first_vector + last.vectors - first_vector};
}

template <typename F> HN_INLINE int64_t item_scratch_bytes(const hn_step &step) {
    const WinogradItems items = items_of<F>(step);
    const int64_t most_tiles = divide_up(TileGrid<F>(step).tiles, items.ranges);
    return TileMemory<F>(step, most_tiles, vectors_of(step), nullptr).bytes();
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
