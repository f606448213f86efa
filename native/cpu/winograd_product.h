// The products at one point of the transform: a matrix of tiles x input channels times one of input x output channels.
#ifndef HARDNET_CPU_WINOGRAD_PRODUCT_H
#define HARDNET_CPU_WINOGRAD_PRODUCT_H

#include "winograd_items.h"

namespace hardnet::HN_TIER {
namespace {

struct Product {
    const float *input;
    const Element *weights; // of the block: [input channel][vectors of the block * LANES]
    float *products;      // the block's first vector of output channels
    int64_t tiles;
    int64_t in_c;
    int64_t ahead; // from these weights to those of the next product, in elements
};

template <int MR, int NR> __attribute__((noinline)) void multiply_tiles(const Product &product, int64_t first) {
    Vec sums[MR][NR];
#pragma GCC unroll 32
    for (int m = 0; m < MR; m++) {
#pragma GCC unroll 4
        for (int r = 0; r < NR; r++) {
            sums[m][r] = broadcast(0);
        }
    }
    const float *input = product.input + first * LANES;
    const Element *weights = product.weights;
    for (int64_t c = 0; c < product.in_c; c += LANES) {
        const float *x[MR];
#pragma GCC unroll 32
        for (int m = 0; m < MR; m++) {
            x[m] = input + m * LANES;
        }
        accumulate<MR, NR, true>(x, weights, smaller_of<int64_t>(LANES, product.in_c - c), sums, product.ahead);
        input += product.tiles * LANES;
        weights += LANES * NR * LANES;
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

template <int MR, int NR> HN_INLINE void multiply_tiles_of(int64_t count, const Product &product, int64_t first) {
    if (count == MR) {
        multiply_tiles<MR, NR>(product, first);
    } else if constexpr (MR > 1) {
        multiply_tiles_of<MR - 1, NR>(count, product, first);
    }
}

// Splits the tiles into groups that differ by at most one tile.
template <int NR> HN_INLINE void multiply_block(const Product &product) {
    const int64_t groups = divide_up(product.tiles, TILE_PIXELS[NR]);
    for (int64_t i = 0; i < groups; i++) {
        const int64_t first = product.tiles * i / groups;
        const int64_t end = product.tiles * (i + 1) / groups;
        multiply_tiles_of<TILE_PIXELS[NR], NR>(end - first, product, first);
    }
}

// weights: of all points, [point][block][input channel][vectors of the block * LANES]
template <typename F>
HN_INLINE void multiply_points(const hn_step &step, const WinogradItem &item, const Element *weights,
                               const TileMemory<F> &memory) {
    const int64_t tiles = item.tiles.count();
    const int64_t vector_weights = static_cast<int64_t>(step.in_c) * LANES;
    for (int64_t point = 0; point < F::AREA; point++) {
        for (int64_t b = item.blocks.first; b < item.blocks.end; b++) {
            const Block block = block_of(step, b);
            const Element *block_weights = weights + (point * vectors_of(step) + block.first_vector) * vector_weights;
            float *products = memory.products(point) + (block.first_vector - item.first_vector) * tiles * LANES;
            const int64_t past = block.first_vector - item.first_vector;
            const int64_t next = b + 1 < item.blocks.end ? block.vectors : vectors_of(step) - past;
            const Product product = {memory.input(point), block_weights, products,
                                     tiles,               step.in_c,     next * vector_weights};
            switch (block.vectors) {
            case 1:
                multiply_block<1>(product);
                break;
            case 2:
                multiply_block<2>(product);
                break;
            default:
                multiply_block<3>(product);
                break;
            }
        }
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
