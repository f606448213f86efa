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

// A pixel's float16 channels stand side by side: a thread takes those that one access to DRAM brings.
constexpr int32_t OUTPUT_CHANNELS = 32;

template <typename T, int PACK> HN_DEVICE void output_pixels(const hn_params &p, const Block &block) {
    constexpr int32_t GROUP = OUTPUT_CHANNELS / PACK;
    const int32_t packs = divide_up(padded_out_c(p), PACK);
    const unsigned groups = static_cast<unsigned>(divide_up(packs, GROUP));
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    block.for_items(static_cast<unsigned>(p.n) * groups * pixels, [&](unsigned item) {
        const Element group = element_at<float>(item, groups, pixels);
        const int32_t first = group.pack * GROUP;
        for (int32_t pack = first; pack < smaller_of(first + GROUP, packs); pack++) {
            output_element<T, PACK>(p, {group.n, pack, group.pixel});
        }
    });
}

template <typename T, int PACK> HN_DEVICE void output(const hn_params &p, const Block &block) {
    const bool pixels_are_neighbours = p.out[0].map.p_stride == 1;
    if (pixels_are_neighbours && sizeof(T) < sizeof(float)) {
        output_pixels<T, PACK>(p, block);
        return;
    }
    const unsigned packs = static_cast<unsigned>(divide_up(padded_out_c(p), PACK));
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    block.for_items(static_cast<unsigned>(p.n) * packs * pixels, [&](unsigned item) {
        output_element<T, PACK>(p, pixels_are_neighbours ? element_at<float>(item, packs, pixels)
                                                         : element_at<half>(item, packs, pixels));
    });
}

} // namespace hn

#endif
