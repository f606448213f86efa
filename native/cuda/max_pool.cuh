// hn_max_pool (elements): the padding never wins, a NaN under the window does.
#ifndef HN_CUDA_MAX_POOL_CUH
#define HN_CUDA_MAX_POOL_CUH

#include "items.h"
#include "pool_input.h"
#include "window.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void max_pool(const hn_params &p, const Block &block) {
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        const PoolInput<T, PACK> input(p, at.n, at.pack);
        Values<PACK> largest = all<PACK>(-infinity());
        for_taps(p, corner_at(p, at.pixel), [&](int32_t, int32_t pixel) {
            const Values<PACK> values = input.at(pixel);
            for_channels<PACK>([&](int32_t i) { largest.v[i] = larger_of(values.v[i], largest.v[i]); });
        });
        return largest;
    });
}

} // namespace hn

#endif
