// The sum over the pixels of a pack of channels, by all threads of a block; the same bits in every run.
#ifndef HN_CUDA_PLANE_SUM_H
#define HN_CUDA_PLANE_SUM_H

#include "view.h"

namespace hn {

// Shared memory of a block that sums.
template <int PACK> struct PlaneSum {
    Values<PACK> parts[HN_BLOCK_THREADS];

    HN_DEVICE const Values<PACK> &total() const { return parts[0]; }
};

// Kahan's sum, of every HN_BLOCK_THREADS-th pixel.
template <typename T, int PACK>
HN_DEVICE Values<PACK> sum_part(const Plane<T, PACK> &plane, int32_t first, int32_t pixels) {
    Values<PACK> sums = all<PACK>(0);
    Values<PACK> lost = all<PACK>(0);
    for (int32_t pixel = first; pixel < pixels; pixel += HN_BLOCK_THREADS) {
        const Values<PACK> values = plane.at(pixel);
        for_channels<PACK>([&](int32_t i) {
            const float value = values.v[i] - lost.v[i];
            const float next = sums.v[i] + value;
            lost.v[i] = (next - sums.v[i]) - value;
            sums.v[i] = next;
        });
    }
    return sums;
}

template <typename T, int PACK>
HN_DEVICE void sum_plane(const Block &block, const Plane<T, PACK> &plane, int32_t pixels, PlaneSum<PACK> &sum) {
    block.phase([&](unsigned thread) { sum.parts[thread] = sum_part(plane, static_cast<int32_t>(thread), pixels); });
    for (unsigned half = HN_BLOCK_THREADS / 2; half > 0; half /= 2) {
        block.phase([&](unsigned thread) {
            if (thread < half) {
                for_channels<PACK>([&](int32_t i) { sum.parts[thread].v[i] += sum.parts[thread + half].v[i]; });
            }
        });
    }
}

} // namespace hn

#endif
