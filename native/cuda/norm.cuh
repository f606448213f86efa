// hn_norm (elements): what is read, for each target with its own scale and shift: batch norm and ReLU into several
// places, a copy, a crop of a map with longer rows.
#ifndef HN_CUDA_NORM_CUH
#define HN_CUDA_NORM_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void norm(const hn_params &p, const Block &block) {
    const int32_t skipped = p.in_row - p.out_w; // pixels, at the end of each row
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        const int32_t pixel = skipped == 0 ? at.pixel : at.pixel + at.pixel / p.out_w * skipped;
        return Plane<T, PACK>(p.in[0], at.n, at.pack).at(pixel);
    });
}

} // namespace hn

#endif
