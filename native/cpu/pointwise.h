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

} // namespace
} // namespace hardnet::HN_TIER

#endif
