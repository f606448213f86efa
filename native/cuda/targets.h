// Writing results to every target that holds their channels.
#ifndef HN_CUDA_TARGETS_H
#define HN_CUDA_TARGETS_H

#include "packs.h"

namespace hn {

// A pack of channels of one pixel.
struct Element {
    int32_t n;
    int32_t pack;
    int32_t pixel;
};

// Channels that the targets hold, padding included.
HN_DEVICE int32_t padded_out_c(const hn_params &p) {
    int32_t channels = 0;
    for (int32_t t = 0; t < p.targets; t++) {
        channels = larger_of(channels, p.out[t].first + p.out[t].channels);
    }
    return channels;
}

// Channels of the result, from first on, as the target has them: scaled, shifted and limited; padding is zero.
template <int PACK>
HN_DEVICE Values<PACK> result_for(const hn_params &p, const hn_target &target, int32_t first, Values<PACK> values) {
    const int32_t count = p.out_c - first;
    const int32_t in_target = first - target.first;
    const Values<PACK> shifts = target.shift != nullptr ? numbers<PACK>(target.shift + in_target, count) : all<PACK>(0);
    if (target.scale != nullptr) {
        const Values<PACK> scales = numbers<PACK>(target.scale + in_target, count);
        for_channels<PACK>([&](int32_t i) { values.v[i] = multiply_add(scales.v[i], values.v[i], shifts.v[i]); });
    } else if (target.shift != nullptr) {
        for_channels<PACK>([&](int32_t i) { values.v[i] += shifts.v[i]; });
    }
    for_channels<PACK>([&](int32_t i) { values.v[i] = i < count ? limit(values.v[i], p.low, p.high) : 0; });
    return values;
}

HN_DEVICE int64_t offset_in(const hn_target &target, const Element &at, int32_t channel) {
    return at.n * target.map.n_stride + (channel - target.first) * target.map.c_stride + at.pixel * target.map.p_stride;
}

// To targets of the same packs: each holds either all channels of the pack or none.
template <typename T, int PACK>
HN_DEVICE void write(const hn_params &p, const Element &at, const Values<PACK> &values) {
    const int32_t first = at.pack * PACK;
    for (int32_t t = 0; t < p.targets; t++) {
        const hn_target &target = p.out[t];
        if (first < target.first || first >= target.first + target.channels) {
            continue;
        }
        store(static_cast<T *>(target.map.data) + offset_in(target, at, first), result_for(p, target, first, values));
    }
}

} // namespace hn

#endif
