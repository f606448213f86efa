// The products at one point of the transform: a matrix of tiles x input channels times one of input x output channels.
#ifndef HARDNET_CPU_WINOGRAD_PRODUCT_H
#define HARDNET_CPU_WINOGRAD_PRODUCT_H

#include "winograd_items.h"
#include "winograd_made_weights.h"

namespace hardnet::HN_TIER {
namespace {

struct Product {
    const float *input; // of the first channel
    float *products;    // the block's first vector of output channels
    int64_t tiles;
    int64_t channels; // of the input
    bool continues;   // what products hold of the channels before
};

template <int MR, int NR> HN_INLINE void start_sums(const Product &product, int64_t first, Vec (&sums)[MR][NR]) {
#pragma GCC unroll 4
    for (int r = 0; r < NR; r++) {
        const float *from = product.products + (r * product.tiles + first) * LANES;
#pragma GCC unroll 32
        for (int m = 0; m < MR; m++) {
            sums[m][r] = product.continues ? load(from + m * LANES) : broadcast(0);
        }
    }
}

template <int MR, int NR, typename Weights>
__attribute__((noinline)) void multiply_tiles(const Product &product, Weights weights, int64_t first) {
    Vec sums[MR][NR];
    start_sums(product, first, sums);
    const float *input = product.input + first * LANES;
    for (int64_t c = 0; c < product.channels; c += LANES) {
        const float *x[MR];
#pragma GCC unroll 32
        for (int m = 0; m < MR; m++) {
            x[m] = input + m * LANES;
        }
        accumulate(x, weights, smaller_of<int64_t>(LANES, product.channels - c), sums);
        input += product.tiles * LANES;
    }
#pragma GCC unroll 4
    for (int r = 0; r < NR; r++) {
        float *to = product.products + (r * product.tiles + first) * LANES;
#pragma GCC unroll 32
        for (int m = 0; m < MR; m++) {
            store(to + m * LANES, sums[m][r]);
        }
    }
}

template <int MR, int NR, typename Weights>
HN_INLINE void multiply_tiles_of(int64_t count, const Product &product, const Weights &weights, int64_t first) {
    if (count == MR) {
        multiply_tiles<MR, NR>(product, weights, first);
    } else if constexpr (MR > 1) {
        multiply_tiles_of<MR - 1, NR>(count, product, weights, first);
    }
}

template <int NR> HN_INLINE int64_t groups_of(int64_t tiles) { return divide_up(tiles, TILE_PIXELS[NR]); }

// Splits the tiles into groups that differ by at most one tile. The first reads weights in a way of its own.
template <int NR, typename First, typename Others>
HN_INLINE void multiply_block(const Product &product, const First &of_first, const Others &of_others) {
    const int64_t groups = groups_of<NR>(product.tiles);
    multiply_tiles_of<TILE_PIXELS[NR], NR>(product.tiles / groups, product, of_first, 0);
    for (int64_t i = 1; i < groups; i++) {
        const int64_t first = product.tiles * i / groups;
        const int64_t end = product.tiles * (i + 1) / groups;
        multiply_tiles_of<TILE_PIXELS[NR], NR>(end - first, product, of_others, first);
    }
}

// A slice's weights for one block and for channels first to end of the input, and how far ahead those lie that come
// after the block's, in elements.
struct SliceWeights {
    const Element *kept; // [input channel][kept value][vectors of the block * LANES]
    int64_t ahead;
};

// The products at one point of the slice.
template <typename F, int NR>
HN_INLINE void multiply_point(const Product &product, const SliceWeights &slice, int64_t point, float *made) {
    if constexpr (F::KEPT == 1) {
        const StoredWeights<NR, true, Element> weights = {slice.kept, slice.ahead};
        multiply_block<NR>(product, weights, weights);
    } else {
        const bool read_again = groups_of<NR>(product.tiles) > 1;
        const Element *fetched = slice.kept + slice.ahead + point * product.channels * MadeWeights<F, NR>::FETCHED;
        const MadeWeights<F, NR> weights(slice.kept, F::EXPANSIONS[point], made, read_again, fetched);
        multiply_block<NR>(product, weights, StoredWeights<NR, false, float>{made, 0});
    }
}

template <typename F>
HN_INLINE void multiply_point_of(int32_t vectors, const Product &product, const SliceWeights &slice, int64_t point,
                                 float *made) {
    switch (vectors) {
    case 1:
        multiply_point<F, 1>(product, slice, point, made);
        break;
    case 2:
        multiply_point<F, 2>(product, slice, point, made);
        break;
    default:
        multiply_point<F, 3>(product, slice, point, made);
        break;
    }
}

// All products of a slice and a block. What is kept of a part of the input channels is in the nearest cache while it is
// multiplied at one point after the other.
template <typename F>
HN_INLINE void multiply_slice(const hn_step &step, const WinogradItem &item, int64_t s, const Block &block,
                              const SliceWeights &slice, const TileMemory<F> &memory) {
    constexpr int64_t points = F::AREA / F::SLICES;
    const int64_t tiles = item.tiles.count();
    const int64_t part = part_channels<F>(step, tiles);
    for (int64_t first = 0; first < step.in_c; first += part) {
        const SliceWeights weights = {slice.kept + first * F::KEPT * block.vectors * LANES, slice.ahead};
        for (int64_t p = 0; p < points; p++) {
            const int64_t point = s * points + p;
            const Product product = {memory.input(point) + first * tiles,
                                     memory.products(point) + (block.first_vector - item.first_vector) * tiles * LANES,
                                     tiles, smaller_of(part, step.in_c - first), first > 0};
            multiply_point_of<F>(block.vectors, product, weights, p, memory.made_weights());
        }
    }
}

// weights: of all slices, [slice][block][input channel][kept value][vectors of the block * LANES]
template <typename F>
HN_INLINE void multiply_points(const hn_step &step, const WinogradItem &item, const Element *weights,
                               const TileMemory<F> &memory) {
    const int64_t vector_weights = static_cast<int64_t>(step.in_c) * F::KEPT * LANES;
    for (int64_t s = 0; s < F::SLICES; s++) {
        for (int64_t b = item.blocks.first; b < item.blocks.end; b++) {
            const Block block = block_of(step, b);
            const int64_t past = block.first_vector - item.first_vector;
            const int64_t next = b + 1 < item.blocks.end ? block.vectors : vectors_of(step) - past;
            const SliceWeights slice = {weights + (s * vectors_of(step) + block.first_vector) * vector_weights,
                                        next * vector_weights};
            multiply_slice<F>(step, item, s, block, slice, memory);
        }
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
