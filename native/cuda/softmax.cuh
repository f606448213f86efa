// hn_softmax (pixels): over the channels of a pixel; the largest is subtracted first, so that no exponential overflows.
#ifndef HN_CUDA_SOFTMAX_CUH
#define HN_CUDA_SOFTMAX_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void softmax(const hn_params &p, const Block &block) {
    for_pixels(p, block, [&](int32_t n, int32_t pixel) {
        float largest = -infinity();
        for_pixel_channels<T, PACK>(p.in[0], p.in_c, n, pixel,
                                    [&](int32_t, float value) { largest = larger_of(value, largest); });
        float sum = 0;
        for_pixel_channels<T, PACK>(p.in[0], p.in_c, n, pixel,
                                    [&](int32_t, float value) { sum += expf(value - largest); });
        write_pixel<T, PACK>(p, n, pixel, [&](int32_t, float value) { return expf(value - largest) / sum; });
    });
}

} // namespace hn

#endif
