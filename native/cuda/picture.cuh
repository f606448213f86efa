// hn_picture (elements): uint8 N x H x W x 3, contiguous at in[0].map.data; the targets' scale and shift normalise.
#ifndef HN_CUDA_PICTURE_CUH
#define HN_CUDA_PICTURE_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void picture(const hn_params &p, const Block &block) {
    constexpr int32_t COLOURS = 3;
    const uint8_t *bytes = static_cast<const uint8_t *>(p.in[0].map.data);
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        const uint8_t *colours = bytes + (static_cast<int64_t>(at.n) * out_pixels(p) + at.pixel) * COLOURS;
        Values<PACK> values = all<PACK>(0);
        for_channels<PACK>([&](int32_t i) {
            const int32_t channel = at.pack * PACK + i;
            if (channel < COLOURS) {
                values.v[i] = static_cast<float>(colours[channel]);
            }
        });
        return values;
    });
}

} // namespace hn

#endif
