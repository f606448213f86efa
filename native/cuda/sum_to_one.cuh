// hn_sum_to_one (planes): divides each channel of a picture by the sum of its pixels, plus a tenth.
#ifndef HN_CUDA_SUM_TO_ONE_CUH
#define HN_CUDA_SUM_TO_ONE_CUH

#include "items.h"
#include "plane_sum.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void sum_to_one(const hn_params &p, const Block &block) {
    HN_SHARED PlaneSum<PACK> sum;
    const int32_t packs = divide_up(padded_out_c(p), PACK);
    const int32_t n = static_cast<int32_t>(block.x) / packs;
    const int32_t pack = static_cast<int32_t>(block.x) % packs;
    const bool padding = pack * PACK >= p.out_c;
    const Plane<T, PACK> plane(p.in[0], n, padding ? 0 : pack);
    sum_plane(block, plane, padding ? 0 : out_pixels(p), sum);
    block.for_threads([&](unsigned thread) {
        for (int32_t pixel = static_cast<int32_t>(thread); pixel < out_pixels(p); pixel += HN_BLOCK_THREADS) {
            Values<PACK> shares = padding ? all<PACK>(0) : plane.at(pixel);
            for_channels<PACK>([&](int32_t i) { shares.v[i] /= sum.total().v[i] + 0.1f; });
            write<T, PACK>(p, {n, pack, pixel}, shares);
        }
    });
}

} // namespace hn

#endif
