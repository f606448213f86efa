// hn_input (elements): float32 N x C x H x W, contiguous at in[0].map.data, to maps of any layout and element type.
#ifndef HN_CUDA_INPUT_CUH
#define HN_CUDA_INPUT_CUH

#include "items.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void input(const hn_params &p, const Block &block) {
    const float *data = static_cast<const float *>(p.in[0].map.data);
    write_elements<T, PACK>(p, block, [&](const Element &at) {
        Values<PACK> values = all<PACK>(0);
        for_channels<PACK>([&](int32_t i) {
            const int32_t channel = at.pack * PACK + i;
            if (channel < p.in_c) {
                values.v[i] = data[(static_cast<int64_t>(at.n) * p.in_c + channel) * out_pixels(p) + at.pixel];
            }
        });
        return values;
    });
}

} // namespace hn

#endif
