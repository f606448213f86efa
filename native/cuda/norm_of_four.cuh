// hn_norm_of_four (fours): hn_norm without crop for float32 maps whose planes are whole fours of pixels, each at a
// multiple of 16 bytes: a thread reads four pixels of a channel in one access and writes them to a target in another.
#ifndef HN_CUDA_NORM_OF_FOUR_CUH
#define HN_CUDA_NORM_OF_FOUR_CUH

#include "items.h"

namespace hn {

HN_DEVICE void write_four(const hn_params &p, const Element &at, const Four &values) {
    for (int32_t t = 0; t < p.targets; t++) {
        const hn_target &target = p.out[t];
        if (at.pack < target.first || at.pack >= target.first + target.channels) {
            continue;
        }
        Four results;
        HN_UNROLL
        for (int32_t i = 0; i < 4; i++) {
            results.v[i] = result_for<1>(p, target, at.pack, {{values.v[i]}}).v[0];
        }
        float *to = static_cast<float *>(target.map.data) + offset_in(target, at, at.pack);
        *reinterpret_cast<Four *>(to) = results;
    }
}

template <typename T, int PACK> HN_DEVICE void norm_of_four(const hn_params &p, const Block &block) {
    static_assert(sizeof(T) == sizeof(float) && PACK == 1, "Fours of pixels follow each other in float32 only.");
    const unsigned channels = static_cast<unsigned>(padded_out_c(p));
    const unsigned fours = static_cast<unsigned>(out_pixels(p)) / 4;
    block.for_items(static_cast<unsigned>(p.n) * channels * fours, [&](unsigned item) {
        const Element four = element_at<float>(item, channels, fours);
        const Element at = {four.n, four.pack, 4 * four.pixel};
        Four values = {{0, 0, 0, 0}};
        if (at.pack < p.out_c) {
            values = *reinterpret_cast<const Four *>(Plane<T, PACK>(p.in[0], at.n, at.pack).from(at.pixel));
        }
        write_four(p, at, values);
    });
}

} // namespace hn

#endif
