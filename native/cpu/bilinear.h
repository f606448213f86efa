// Bilinear interpolation with aligned corners: first between two rows, then between two columns, so that an operator
// may share what it made of the rows. Whoever interpolates with these functions gets the same bits.
#ifndef HARDNET_CPU_BILINEAR_H
#define HARDNET_CPU_BILINEAR_H

#include "simd.h"

namespace hardnet::HN_TIER {
namespace {

// The two positions along an input axis that an output position lies between, and their weights.
struct Between {
    int32_t first;
    int32_t second;
    float first_weight;
    float second_weight;
};

class Axis {
  public:
    HN_ALWAYS_INLINE Axis(int32_t in, int32_t out)
        : last_(in - 1), scale_(out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : 0) {}

    HN_ALWAYS_INLINE Between at(int32_t position) const {
        const float source = scale_ * static_cast<float>(position);
        const int32_t first = smaller_of(static_cast<int32_t>(source), last_);
        const float second_weight = source - static_cast<float>(first);
        return {first, smaller_of(first + 1, last_), 1 - second_weight, second_weight};
    }

  private:
    int32_t last_;
    float scale_;
};

HN_INLINE Vec blend(Vec first, Vec second, Vec first_weight, Vec second_weight) {
    return multiply_add(second, second_weight, multiply(first, first_weight));
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
