// Bilinear interpolation with aligned corners: first between two rows, then between two columns.
#ifndef HN_CUDA_BILINEAR_H
#define HN_CUDA_BILINEAR_H

#include "view.h"

namespace hn {

// The two positions along an input axis that an output position lies between, and the weight of the second.
struct Between {
    int32_t first;
    int32_t second;
    float second_weight;
};

HN_DEVICE Between between(int32_t in, int32_t out, int32_t position) {
    const float scale = out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : 0;
    const float source = scale * static_cast<float>(position);
    const int32_t first = smaller_of(static_cast<int32_t>(source), in - 1);
    return {first, smaller_of(first + 1, in - 1), source - static_cast<float>(first)};
}

HN_DEVICE float blend(float first, float second, float second_weight) {
    return multiply_add(second, second_weight, first * (1 - second_weight));
}

// An output pixel's place in the input.
class Bilinear {
  public:
    HN_DEVICE Bilinear(const hn_params &p, int32_t out_pixel)
        : rows_(between(p.in_h, p.out_h, out_pixel / p.out_w)),
          columns_(between(p.in_w, p.out_w, out_pixel % p.out_w)), width_(p.in_w) {}

    template <typename T, int PACK> HN_DEVICE Values<PACK> of(const Plane<T, PACK> &plane) const {
        const Values<PACK> left = blend_rows(plane, columns_.first);
        const Values<PACK> right = blend_rows(plane, columns_.second);
        Values<PACK> values;
        for_channels<PACK>([&](int32_t i) { values.v[i] = blend(left.v[i], right.v[i], columns_.second_weight); });
        return values;
    }

  private:
    template <typename T, int PACK>
    HN_DEVICE Values<PACK> blend_rows(const Plane<T, PACK> &plane, int32_t column) const {
        const Values<PACK> top = plane.at(rows_.first * width_ + column);
        const Values<PACK> bottom = plane.at(rows_.second * width_ + column);
        Values<PACK> values;
        for_channels<PACK>([&](int32_t i) { values.v[i] = blend(top.v[i], bottom.v[i], rows_.second_weight); });
        return values;
    }

    Between rows_;
    Between columns_;
    int32_t width_;
};

} // namespace hn

#endif
