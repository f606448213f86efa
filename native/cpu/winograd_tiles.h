// How Winograd's convolution cuts its output into tiles, tiles into items, and where an item keeps what it transforms.
//
// An item takes its tiles from the input to the output: the transformed input and the products stay in the cache
// between. Per point of the transform they are
//     transformed input [vector of input channels][tile][LANES]
//     products          [vector of output channels][tile][LANES]
#ifndef HARDNET_CPU_WINOGRAD_TILES_H
#define HARDNET_CPU_WINOGRAD_TILES_H

#include "conv_tile.h"
#include "winograd_transform.h"

namespace hardnet::HN_TIER {
namespace {

// What an item's tiles may take of the cache that one thread has for itself.
constexpr int64_t ITEM_BYTES = 640 * 1024;

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

template <typename F> HN_INLINE int64_t tile_floats(const hn_step &step) {
    return F::POINTS * F::POINTS * (input_vectors(step) + vectors_of(step)) * LANES;
}

template <typename F> HN_INLINE int64_t winograd_items(const hn_step &step) {
    const int64_t tile_bytes = tile_floats<F>(step) * static_cast<int64_t>(sizeof(float));
    const int64_t most = larger_of<int64_t>(TILE_PIXELS[2], ITEM_BYTES / tile_bytes);
    return divide_up(TileGrid<F>(step).tiles, most);
}

template <typename F> HN_INLINE TileRange tiles_of_item(const hn_step &step, int64_t item) {
    const int64_t tiles = TileGrid<F>(step).tiles;
    const int64_t items = winograd_items<F>(step);
    return {tiles * item / items, tiles * (item + 1) / items};
}

// Floats of vectors x tiles at one point. An odd number of vectors keeps the points, which are written side by side,
// in different sets of the cache.
HN_INLINE int64_t point_floats(int64_t vectors, int64_t tiles) { return (vectors * tiles | 1) * LANES; }

// The parts of a thread's scratch memory.
template <typename F> class TileMemory {
  public:
    static constexpr int AREA = F::POINTS * F::POINTS;

    TileMemory(const hn_step &step, int64_t tiles, void *scratch)
        : input_stride_(point_floats(input_vectors(step), tiles)),
          product_stride_(point_floats(vectors_of(step), tiles)), memory_(static_cast<float *>(scratch)) {}

    float *input(int64_t point) const { return memory_ + point * input_stride_; }
    int64_t input_stride() const { return input_stride_; }
    float *products(int64_t point) const { return memory_ + AREA * input_stride_ + point * product_stride_; }
    int64_t product_stride() const { return product_stride_; }
    int64_t bytes() const { return AREA * (input_stride_ + product_stride_) * static_cast<int64_t>(sizeof(float)); }

  private:
    int64_t input_stride_;
    int64_t product_stride_;
    float *memory_;
};

template <typename F> HN_INLINE int64_t tile_memory_bytes(const hn_step &step) {
    const int64_t most = divide_up(TileGrid<F>(step).tiles, winograd_items<F>(step));
    return divide_up(TileMemory<F>(step, most, nullptr).bytes(), 64) * 64;
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
