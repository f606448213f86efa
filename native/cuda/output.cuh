// hn_output (elements): a view of any element type to the targets as float32, whose channels need not come in packs.
//
// The targets are usually in the host's memory, across a bus that wants neighbouring threads to write neighbouring
// elements: the order of the elements is that of the first target.
#ifndef HN_CUDA_OUTPUT_CUH
#define HN_CUDA_OUTPUT_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void output_element(const hn_params &p, const Element &at) {
    const bool padding = at.pack * PACK >= p.out_c;
    const Values<PACK> values = padding ? all<PACK>(0) : Plane<T, PACK>(p.in[0], at.n, at.pack).at(at.pixel);
    for_channels<PACK>([&](int32_t i) {
        write<float, 1>(p, {at.n, at.pack * PACK + i, at.pixel}, {{values.v[i]}}); // beyond the last: no target
    });
}

template <typename T, int PACK> HN_DEVICE void output(const hn_params &p, const Block &block) {
    const bool pixels_are_neighbours = p.out[0].map.p_stride == 1;
    const unsigned packs = static_cast<unsigned>(divide_up(padded_out_c(p), PACK));
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    block.for_items(static_cast<unsigned>(p.n) * packs * pixels, [&](unsigned item) {
        output_element<T, PACK>(p, pixels_are_neighbours ? element_at<float>(item, packs, pixels)
                                                         : element_at<half>(item, packs, pixels));
    });
}

} // namespace hn

#endif
