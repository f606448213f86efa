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

// A channel of the result as the target has it: scaled, shifted and limited; padding is zero.
HN_DEVICE float result_for(const hn_params &p, const hn_target &target, int32_t channel, float value) {
    if (channel >= p.out_c) {
        return 0;
    }
    const int32_t i = channel - target.first;
    if (target.scale != nullptr) {
        value = multiply_add(target.scale[i], value, target.shift != nullptr ? target.shift[i] : 0);
    } else if (target.shift != nullptr) {
        value += target.shift[i];
    }
    return limit(value, p.low, p.high);
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
        Values<PACK> results;
        for_channels<PACK>([&](int32_t i) { results.v[i] = result_for(p, target, first + i, values.v[i]); });
        store(static_cast<T *>(target.map.data) + offset_in(target, at, first), results);
    }
}

} // namespace hn

#endif
