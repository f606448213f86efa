// Convolutions of 1 x 1: an output pixel reads the input pixel at its place.
#ifndef HARDNET_CPU_POINTWISE_H
#define HARDNET_CPU_POINTWISE_H

#include "conv_tile.h"

namespace hardnet::HN_TIER {
namespace {

HN_INLINE bool is_pointwise(const hn_step &step) {
    return step.kernel_h == 1 && step.kernel_w == 1 && step.stride == 1 && step.padding_h == 0 && step.padding_w == 0;
}

// MR consecutive pixels, of the output as of the input.
template <int MR> class Pixels {
  public:
    HN_ALWAYS_INLINE Pixels(const hn_step &, int64_t first) : first_(first) {}

    HN_ALWAYS_INLINE bool under(const hn_step &, int32_t, int32_t, int64_t *pixels) const {
        for (int m = 0; m < MR; m++) {
            pixels[m] = first_ + m;
        }
        return true;
    }

    HN_ALWAYS_INLINE bool under_row(const hn_step &, int32_t, int64_t *) const { return false; }

    HN_ALWAYS_INLINE int64_t output(int m) const { return first_ + m; }

  private:
    int64_t first_;
};

// Pixels that have a pointer of their own; the three after each are reached from it, so that all of a tile's addresses
// fit in registers.
constexpr int PIXELS_PER_POINTER = 4;

// sums[m][r] += x[m * stride + c] * w[c][r] over channels c, as accumulate.
template <int MR, int NR>
HN_INLINE void accumulate_side_by_side(const float *x, int64_t stride, const Element *w, int64_t channels,
                                       Vec (&sums)[MR][NR], int64_t ahead) {
    constexpr int pointers = (MR + PIXELS_PER_POINTER - 1) / PIXELS_PER_POINTER;
    const float *from[pointers];
#pragma GCC unroll 16
    for (int p = 0; p < pointers; p++) {
        from[p] = x + p * PIXELS_PER_POINTER * stride;
    }
    for (int64_t c = 0; c < channels; c++) {
        Vec weights[NR];
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            weights[r] = load(w + r * LANES);
            __builtin_prefetch(w + r * LANES + ahead, 0, 2);
        }
        w += NR * LANES;
#pragma GCC unroll 16
        for (int m = 0; m < MR; m++) {
            const Vec value = broadcast(from[m / PIXELS_PER_POINTER][m % PIXELS_PER_POINTER * stride]);
#pragma GCC unroll 16
            for (int r = 0; r < NR; r++) {
                sums[m][r] = multiply_add(value, weights[r], sums[m][r]);
            }
        }
#pragma GCC unroll 16
        for (int p = 0; p < pointers; p++) {
            from[p]++;
        }
    }
}

// The only tap, at pixels side by side: all segments of the input. Narrow elements are widened first, which gives each
// pixel an address of its own.
template <int MR, int NR>
HN_INLINE void accumulate_window(const Pixels<MR> &places, const hn_step &step, const Element *w,
                                 Vec (&sums)[MR][NR]) {
    if constexpr (sizeof(Element) == sizeof(float)) {
        const int64_t ahead = packed_rows(step) * NR * LANES;
        for (int32_t s = 0; s < step.segment_count; s++) {
            const hn_segment &segment = step.segments[s];
            const Element *x = map_of(segment) + places.output(0) * segment.pixel_stride;
            accumulate_side_by_side<MR, NR>(x, segment.pixel_stride, w, segment.channels, sums, ahead);
            w += static_cast<int64_t>(segment.channels) * NR * LANES;
        }
    } else {
        int64_t pixels[MR];
        places.under(step, 0, 0, pixels);
        accumulate_tap<MR, NR>(step, pixels, w, sums);
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
