// From the segments of the input to transformed tiles. Columns of pixels are transformed once for both tiles that
// share them, then the rows of each tile.
#ifndef HARDNET_CPU_WINOGRAD_INPUT_H
#define HARDNET_CPU_WINOGRAD_INPUT_H

#include "channel_vector.h"
#include "winograd_tiles.h"

namespace hardnet::HN_TIER {
namespace {

// Neighbouring tiles of a row whose transformed columns are kept at once.
constexpr int64_t STRIP_TILES = 8;

template <typename F> struct TileStrip {
    int64_t rows[F::POINTS]; // the pixel in column 0 of a row under the tiles, -1 outside the map
    int64_t first_column;    // of pixels, may be outside
    int64_t tiles;
};

template <typename F> HN_INLINE TileStrip<F> strip_at(const hn_step &step, TileRange left) {
    const TileGrid<F> grid(step);
    const int64_t column = left.first % grid.columns;
    const int64_t row = left.first / grid.columns;
    const int64_t picture = row / grid.rows;
    TileStrip<F> strip;
    for (int i = 0; i < F::POINTS; i++) {
        const int64_t y = row % grid.rows * F::OUTPUTS - step.padding_h + i;
        strip.rows[i] = y >= 0 && y < step.in_h ? (picture * step.in_h + y) * step.in_w : -1;
    }
    strip.first_column = column * F::OUTPUTS - step.padding_w;
    strip.tiles = smaller_of(smaller_of(STRIP_TILES, grid.columns - column), left.count());
    return strip;
}

template <typename F> struct Columns {
    static constexpr int64_t MOST = STRIP_TILES * F::OUTPUTS + 2;
    Vec values[MOST][F::POINTS];
};

template <typename F, bool WHOLE>
HN_INLINE void transform_columns(const hn_step &step, const ChannelVector &channels, const TileStrip<F> &strip,
                                 Columns<F> &columns) {
    const int64_t count = strip.tiles * F::OUTPUTS + 2;
    for (int64_t i = 0; i < count; i++) {
        const int64_t x = strip.first_column + i;
        Vec pixels[F::POINTS];
        const bool inside = x >= 0 && x < step.in_w;
#pragma GCC unroll 8
        for (int p = 0; p < F::POINTS; p++) {
            pixels[p] = inside && strip.rows[p] >= 0 ? channels.at<WHOLE>(strip.rows[p] + x) : broadcast(0);
        }
        F::input(pixels, columns.values[i]);
    }
}

// to: the strip's first tile at point 0.
template <typename F>
HN_INLINE void transform_rows(const Columns<F> &columns, int64_t tiles, int64_t point_stride, float *to) {
    for (int64_t tile = 0; tile < tiles; tile++) {
#pragma GCC unroll 8
        for (int i = 0; i < F::POINTS; i++) {
            Vec row[F::POINTS];
#pragma GCC unroll 8
            for (int j = 0; j < F::POINTS; j++) {
                row[j] = columns.values[tile * F::OUTPUTS + j][i];
            }
            Vec values[F::POINTS];
            F::input(row, values);
#pragma GCC unroll 8
            for (int j = 0; j < F::POINTS; j++) {
                store(to + (i * F::POINTS + j) * point_stride + tile * LANES, values[j]);
            }
        }
    }
}

template <typename F, bool WHOLE>
__attribute__((noinline)) void transform_vector(const hn_step &step, const ChannelVector &channels, TileRange tiles,
                                                int64_t point_stride, float *to) {
    Columns<F> columns;
    while (tiles.count() > 0) {
        const TileStrip<F> strip = strip_at<F>(step, tiles);
        transform_columns<F, WHOLE>(step, channels, strip, columns);
        transform_rows<F>(columns, strip.tiles, point_stride, to);
        to += strip.tiles * LANES;
        tiles.first += strip.tiles;
    }
}

template <typename F>
HN_INLINE void transform_input(const hn_step &step, TileRange tiles, const TileMemory<F> &memory) {
    float *to = memory.input(0);
    for (ChannelVectors vectors(step); vectors.more(); to += tiles.count() * LANES) {
        const ChannelVector channels = vectors.next();
        if (channels.whole()) {
            transform_vector<F, true>(step, channels, tiles, memory.input_stride(), to);
        } else {
            transform_vector<F, false>(step, channels, tiles, memory.input_stride(), to);
        }
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
