// hn_resize_arg_max (pixels): bilinear resize with aligned corners, of which only the index of the largest channel is
// written: uint8 N x H x W, contiguous, to out[0].map.data. The first of equal channels wins, NaN never does.
#ifndef HN_CUDA_RESIZE_ARG_MAX_CUH
#define HN_CUDA_RESIZE_ARG_MAX_CUH

#include "bilinear.h"
#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void resize_arg_max(const hn_params &p, const Block &block) {
    uint8_t *indexes = static_cast<uint8_t *>(p.out[0].map.data);
    for_pixels(p, block, [&](int32_t n, int32_t pixel) {
        const Bilinear bilinear(p, pixel);
        float largest = -infinity();
        int32_t index = 0;
        for (int32_t first = 0; first < p.in_c; first += PACK) {
            const Values<PACK> values = bilinear.of(Plane<T, PACK>(p.in[0], n, first / PACK));
            for_channels<PACK>([&](int32_t i) {
                if (first + i < p.in_c && values.v[i] > largest) {
                    largest = values.v[i];
                    index = first + i;
                }
            });
        }
        indexes[static_cast<int64_t>(n) * out_pixels(p) + pixel] = static_cast<uint8_t>(index);
    });
}

} // namespace hn

#endif
