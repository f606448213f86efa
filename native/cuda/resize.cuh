// hn_resize (elements): bilinear, with aligned corners.
#ifndef HN_CUDA_RESIZE_CUH
#define HN_CUDA_RESIZE_CUH

#include "bilinear.h"
#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void resize(const hn_params &p, const Block &block) {
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        return Bilinear(p, at.pixel).of(Plane<T, PACK>(p.in[0], at.n, at.pack));
    });
}

} // namespace hn

#endif
