// hn_output (elements): a view of any element type to the targets as float32, whose channels need not come in packs.
#ifndef HN_CUDA_OUTPUT_CUH
#define HN_CUDA_OUTPUT_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void output(const hn_params &p, const Block &block) {
    for_elements<T, PACK>(p, block, [&](const Element &at) {
        const bool padding = at.pack * PACK >= p.out_c;
        const Values<PACK> values = padding ? all<PACK>(0) : Plane<T, PACK>(p.in[0], at.n, at.pack).at(at.pixel);
        for_channels<PACK>([&](int32_t i) {
            write<float, 1>(p, {at.n, at.pack * PACK + i, at.pixel}, {{values.v[i]}}); // beyond the last: no target
        });
    });
}

} // namespace hn

#endif
