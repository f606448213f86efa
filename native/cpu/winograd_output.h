// From products to the output: interpolation, bias, activation.
#ifndef HARDNET_CPU_WINOGRAD_OUTPUT_H
#define HARDNET_CPU_WINOGRAD_OUTPUT_H

#include "maps.h"
#include "winograd_items.h"

namespace hardnet::HN_TIER {
namespace {

// The outputs of a tile that exist.
struct TileOutput {
    Element *output; // the first pixel's first channel
    int64_t row_stride;
    int64_t rows;
    int64_t columns;
};

template <typename F> HN_INLINE TileOutput output_of_tile(const hn_step &step, int64_t tile) {
    const TileGrid<F> grid(step);
    const int64_t row = tile / grid.columns;
    const int64_t x = tile % grid.columns * F::OUTPUTS;
    const int64_t y = row % grid.rows * F::OUTPUTS;
    const int64_t pixel = (row / grid.rows * step.out_h + y) * step.out_w + x;
    return {output_of(step) + pixel * step.output_stride, step.out_w * step.output_stride,
            smaller_of<int64_t>(F::OUTPUTS, step.out_h - y), smaller_of<int64_t>(F::OUTPUTS, step.out_w - x)};
}

// products: of one tile and vector at point 0.
template <typename F>
HN_INLINE void interpolate(const float *products, int64_t point_stride, Vec (&y)[F::OUTPUTS][F::OUTPUTS]) {
    Vec columns[F::OUTPUTS][F::POINTS];
#pragma GCC unroll 8
    for (int j = 0; j < F::POINTS; j++) {
        Vec column[F::POINTS];
#pragma GCC unroll 8
        for (int i = 0; i < F::POINTS; i++) {
            column[i] = load(products + (i * F::POINTS + j) * point_stride);
        }
        Vec results[F::OUTPUTS];
        F::output(column, results);
#pragma GCC unroll 8
        for (int i = 0; i < F::OUTPUTS; i++) {
            columns[i][j] = results[i];
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < F::OUTPUTS; i++) {
        F::output(columns[i], y[i]);
    }
}

template <typename F>
HN_INLINE void store_tile(const hn_step &step, const TileOutput &to, int32_t channel, Vec bias,
                          const Vec (&y)[F::OUTPUTS][F::OUTPUTS]) {
    const int32_t lanes = step.out_c - channel;
#pragma GCC unroll 8
    for (int i = 0; i < F::OUTPUTS; i++) {
        if (i >= to.rows) {
            return;
        }
        Element *output = to.output + i * to.row_stride + channel;
#pragma GCC unroll 8
        for (int j = 0; j < F::OUTPUTS; j++) {
            if (j < to.columns) {
                store_some(output + j * step.output_stride, activate(add(y[i][j], bias), step.activation), lanes);
            }
        }
    }
}

template <typename F>
__attribute__((noinline)) void transform_output(const hn_step &step, const WinogradItem &item, const float *bias,
                                                const TileMemory<F> &memory) {
    const int64_t tiles = item.tiles.count();
    for (int64_t tile = 0; tile < tiles; tile++) {
        const TileOutput to = output_of_tile<F>(step, item.tiles.first + tile);
        for (int32_t vector = 0; vector < item.vectors; vector++) {
            const float *products = memory.products(0) + (vector * tiles + tile) * LANES;
            const int32_t channel = (item.first_vector + vector) * LANES;
            Vec y[F::OUTPUTS][F::OUTPUTS];
            interpolate<F>(products, memory.product_stride(), y);
            store_tile<F>(step, to, channel, load(bias + channel), y);
        }
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
