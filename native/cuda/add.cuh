// hn_add (elements): the sum of two views of the same size.
#ifndef HN_CUDA_ADD_CUH
#define HN_CUDA_ADD_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void add(const hn_params &p, const Block &block) {
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        Values<PACK> sums = Plane<T, PACK>(p.in[0], at.n, at.pack).at(at.pixel);
        const Values<PACK> addends = Plane<T, PACK>(p.in[1], at.n, at.pack).at(at.pixel);
        for_channels<PACK>([&](int32_t i) { sums.v[i] += addends.v[i]; });
        return sums;
    });
}

} // namespace hn

#endif
