// hn_resize (elements): bilinear, with aligned corners.
//
// Where there is work for all, a thread takes several packs of a pixel, whose place in the input it finds once.
#ifndef HN_CUDA_RESIZE_CUH
#define HN_CUDA_RESIZE_CUH

#include "bilinear.h"
#include "items.h"

namespace hn {

constexpr int32_t RESIZED_PACKS = 8;
constexpr unsigned MANY_RESIZED = 1U << 20;

template <typename T, int PACK>
HN_DEVICE void resize_packs(const hn_params &p, const Block &block, int32_t packs, int32_t together) {
    const unsigned groups = static_cast<unsigned>(divide_up(packs, together));
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    block.for_items(static_cast<unsigned>(p.n) * groups * pixels, [&](unsigned item) {
        const Element group = element_at<T>(item, groups, pixels);
        const Bilinear place(p, group.pixel);
        const int32_t first = group.pack * together;
        for (int32_t pack = first; pack < smaller_of(first + together, packs); pack++) {
            const bool padding = pack * PACK >= p.out_c;
            write<T, PACK>(p, {group.n, pack, group.pixel},
                           padding ? all<PACK>(0) : place.of(Plane<T, PACK>(p.in[0], group.n, pack)));
        }
    });
}

template <typename T, int PACK> HN_DEVICE void resize(const hn_params &p, const Block &block) {
    const int32_t packs = divide_up(padded_out_c(p), PACK);
    const unsigned items = static_cast<unsigned>(p.n * packs) * static_cast<unsigned>(out_pixels(p));
    resize_packs<T, PACK>(p, block, packs, items < MANY_RESIZED ? 1 : RESIZED_PACKS);
}

} // namespace hn

#endif
