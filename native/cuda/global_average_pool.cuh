// hn_global_average_pool (planes): the mean over all input pixels of each channel; out_h and out_w are 1.
#ifndef HN_CUDA_GLOBAL_AVERAGE_POOL_CUH
#define HN_CUDA_GLOBAL_AVERAGE_POOL_CUH

#include "plane_sum.h"
#include "targets.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void global_average_pool(const hn_params &p, const Block &block) {
    HN_SHARED PlaneSum<PACK> sum;
    const int32_t packs = divide_up(padded_out_c(p), PACK);
    const int32_t plane = static_cast<int32_t>(block.x);
    const Element at = {plane / packs, plane % packs, 0};
    const int32_t pixels = at.pack * PACK < p.out_c ? p.in_h * p.in_w : 0; // none of padding
    sum_plane(block, Plane<T, PACK>(p.in[0], at.n, pixels > 0 ? at.pack : 0), pixels, sum);
    block.for_threads([&](unsigned thread) {
        if (thread == 0) {
            Values<PACK> means = sum.total();
            for_channels<PACK>([&](int32_t i) { means.v[i] /= static_cast<float>(p.in_h * p.in_w); });
            write<T, PACK>(p, at, means);
        }
    });
}

} // namespace hn

#endif
