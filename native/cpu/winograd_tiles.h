// How Winograd's convolution cuts its output into tiles, and where an item keeps what it transforms: per point,
//     transformed input [vector of input channels][tile][LANES]
//     products          [vector of output channels][tile][LANES]
// and, where weights are made of kept values, those of one product: [input channel of a part][vectors of
// a block * LANES].
#ifndef HARDNET_CPU_WINOGRAD_TILES_H
#define HARDNET_CPU_WINOGRAD_TILES_H

#include "conv_tile.h"
#include "winograd_transform.h"

namespace hardnet::HN_TIER {
namespace {

// The last tiles of a row and of a column may reach beyond the output.
template <typename F> struct TileGrid {
    explicit TileGrid(const hn_step &step)
        : rows(divide_up(step.out_h, F::OUTPUTS)), columns(divide_up(step.out_w, F::OUTPUTS)),
          tiles(step.n * rows * columns) {}

    int64_t rows; // of a picture
    int64_t columns;
    int64_t tiles; // of the batch
};

// Tiles first to end, in the order pictures, rows, columns.
struct TileRange {
    int64_t first;
    int64_t end;

    int64_t count() const { return end - first; }
};

HN_INLINE int64_t input_vectors(const hn_step &step) { return divide_up(step.in_c, LANES); }

// Floats of vectors x tiles at one point. An odd number of vectors keeps the points, which are written side by side,
// in different sets of the cache.
HN_INLINE int64_t point_floats(int64_t vectors, int64_t tiles) { return (vectors * tiles | 1) * LANES; }

// About so many input channels are multiplied at one point after the other, where few tiles share weights that are made
// of kept values: reading these takes longer there than beginning sums anew.
constexpr int64_t PART_CHANNELS = 1024 / LANES;
constexpr int64_t MOST_TILES_IN_PARTS = 16;

// All channels, or parts of a size that are whole vectors.
template <typename F> HN_INLINE int64_t part_channels(const hn_step &step, int64_t tiles) {
    if (F::KEPT == 1 || tiles > MOST_TILES_IN_PARTS) {
        return step.in_c;
    }
    const int64_t parts = larger_of<int64_t>(1, (step.in_c + PART_CHANNELS / 2) / PART_CHANNELS);
    return divide_up(divide_up(step.in_c, parts), LANES) * LANES;
}

// The parts of a thread's scratch memory.
template <typename F> class TileMemory {
  public:
    TileMemory(const hn_step &step, int64_t tiles, int64_t output_vectors, void *scratch)
        : input_stride_(point_floats(input_vectors(step), tiles)),
          product_stride_(point_floats(output_vectors, tiles)),
          made_floats_(F::KEPT == 1 ? 0 : part_channels<F>(step, tiles) * MOST_VECTORS * LANES),
          memory_(static_cast<float *>(scratch)) {}

    // Of the item's first tile and vector.
    float *input(int64_t point) const { return memory_ + point * input_stride_; }
    int64_t input_stride() const { return input_stride_; }
    float *products(int64_t point) const { return memory_ + F::AREA * input_stride_ + point * product_stride_; }
    int64_t product_stride() const { return product_stride_; }
    float *made_weights() const { return products(F::AREA); }
    int64_t bytes() const {
        return (F::AREA * (input_stride_ + product_stride_) + made_floats_) * static_cast<int64_t>(sizeof(float));
    }

  private:
    int64_t input_stride_;
    int64_t product_stride_;
    int64_t made_floats_;
    float *memory_;
};

} // namespace
} // namespace hardnet::HN_TIER

#endif
