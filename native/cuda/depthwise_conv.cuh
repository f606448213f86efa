// hn_depthwise_conv (elements): weights float32 [kernel_h * kernel_w][paddedOutC].
#ifndef HN_CUDA_DEPTHWISE_CONV_CUH
#define HN_CUDA_DEPTHWISE_CONV_CUH

#include "items.h"
#include "window.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void depthwise_conv(const hn_params &p, const Block &block) {
    const int32_t row = padded_out_c(p);
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        const Plane<T, PACK> plane(p.in[0], at.n, at.pack);
        const float *weights = static_cast<const float *>(p.weight) + at.pack * PACK;
        Values<PACK> sums = all<PACK>(0);
        for_taps(p, corner_at(p, at.pixel), [&](int32_t tap, int32_t pixel) {
            const Values<PACK> values = plane.at(pixel);
            const Values<PACK> factors = numbers<PACK>(weights + tap * row, PACK);
            for_channels<PACK>([&](int32_t i) { sums.v[i] = multiply_add(values.v[i], factors.v[i], sums.v[i]); });
        });
        return sums;
    });
}

} // namespace hn

#endif
