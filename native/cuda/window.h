// Windows of pools and depthwise convolutions.
#ifndef HN_CUDA_WINDOW_H
#define HN_CUDA_WINDOW_H

#include "device.h"

namespace hn {

// The first row and column under a window; outside the map where padding begins the window.
struct Corner {
    int32_t y;
    int32_t x;
};

HN_DEVICE Corner corner_at(const hn_params &p, int32_t out_pixel) {
    return {out_pixel / p.out_w * p.stride - p.padding_h, out_pixel % p.out_w * p.stride - p.padding_w};
}

HN_DEVICE bool is_inside(const hn_params &p, int32_t y, int32_t x) {
    return y >= 0 && y < p.in_h && x >= 0 && x < p.in_w;
}

// Calls function(tap, input pixel) for the taps that lie inside the map.
template <typename Function>
HN_DEVICE void for_taps(const hn_params &p, const Corner &corner, Function function) {
    for (int32_t ky = 0; ky < p.kernel_h; ky++) {
        for (int32_t kx = 0; kx < p.kernel_w; kx++) {
            const int32_t y = corner.y + ky * p.dilation;
            const int32_t x = corner.x + kx * p.dilation;
            if (is_inside(p, y, x)) {
                function(ky * p.kernel_w + kx, y * p.in_w + x);
            }
        }
    }
}

} // namespace hn

#endif
