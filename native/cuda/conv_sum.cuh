// hn_conv_sum (elements): adds what the splits of a convolution left in the workspace, in their order.
#ifndef HN_CUDA_CONV_SUM_CUH
#define HN_CUDA_CONV_SUM_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void conv_sum(const hn_params &p, const Block &block) {
    const int64_t pixels = out_pixels(p);
    const int64_t all_pixels = p.n * pixels;
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        Values<PACK> sums = all<PACK>(0);
        const float *split = p.workspace + at.pack * PACK * all_pixels + at.n * pixels + at.pixel;
        for (int32_t i = 0; i < p.splits; i++, split += p.out_c * all_pixels) {
            for_channels<PACK>([&](int32_t c) {
                sums.v[c] += at.pack * PACK + c < p.out_c ? split[c * all_pixels] : 0;
            });
        }
        return sums;
    });
}

} // namespace hn

#endif
