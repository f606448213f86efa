// hn_average_pool (elements): the mean over the part of the window inside the padded map, where the padding is zero.
#ifndef HN_CUDA_AVERAGE_POOL_CUH
#define HN_CUDA_AVERAGE_POOL_CUH

#include "items.h"
#include "pool_input.h"
#include "window.h"

namespace hn {

// Only a window that rounding the output's size up made hang over the padded map is smaller than the kernel.
HN_DEVICE int32_t padded_taps(int32_t kernel, int32_t start, int32_t size, int32_t padding) {
    return smaller_of(kernel, size + padding - start);
}

template <typename T, int PACK> HN_DEVICE void average_pool(const hn_params &p, const Block &block) {
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        const PoolInput<T, PACK> input(p, at.n, at.pack);
        const Corner corner = corner_at(p, at.pixel);
        Values<PACK> sums = all<PACK>(0);
        for_taps(p, corner, [&](int32_t, int32_t pixel) {
            const Values<PACK> values = input.at(pixel);
            for_channels<PACK>([&](int32_t i) { sums.v[i] += values.v[i]; });
        });
        const int32_t taps = padded_taps(p.kernel_h, corner.y, p.in_h, p.padding_h) *
                             padded_taps(p.kernel_w, corner.x, p.in_w, p.padding_w);
        for_channels<PACK>([&](int32_t i) { sums.v[i] /= static_cast<float>(taps); });
        return sums;
    });
}

} // namespace hn

#endif
