// hn_l2_norm (pixels): a pixel's channels divided by their Euclidean norm, times weights float32 [in_c].
#ifndef HN_CUDA_L2_NORM_CUH
#define HN_CUDA_L2_NORM_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void l2_norm(const hn_params &p, const Block &block) {
    const float *weights = static_cast<const float *>(p.weight);
    for_pixels(p, block, [&](int32_t n, int32_t pixel) {
        float squares = 0;
        for_pixel_channels<T, PACK>(p.in[0], p.in_c, n, pixel,
                                    [&](int32_t, float value) { squares = multiply_add(value, value, squares); });
        const float divisor = sqrtf(squares) + 1e-10f; // a pixel of zeros stays zero
        write_pixel<T, PACK>(p, n, pixel,
                             [&](int32_t channel, float value) { return weights[channel] * (value / divisor); });
    });
}

} // namespace hn

#endif
