// The work of kernels that have an item for each element, or for each pixel, of their results.
#ifndef HN_CUDA_ITEMS_H
#define HN_CUDA_ITEMS_H

#include "targets.h"
#include "view.h"

namespace hn {

HN_DEVICE int32_t out_pixels(const hn_params &p) { return p.out_h * p.out_w; }

// The order of the elements is that of maps in memory, so that neighbouring threads read neighbouring elements:
// float32 channels first, float16 channels last.
template <typename T> HN_DEVICE Element element_at(unsigned item, unsigned packs, unsigned pixels) {
    const unsigned inner = sizeof(T) == sizeof(float) ? pixels : packs;
    const unsigned outer = sizeof(T) == sizeof(float) ? packs : pixels;
    const int32_t fast = static_cast<int32_t>(item % inner);
    const int32_t slow = static_cast<int32_t>(item / inner % outer);
    const int32_t n = static_cast<int32_t>(item / inner / outer);
    return sizeof(T) == sizeof(float) ? Element{n, slow, fast} : Element{n, fast, slow};
}

// Calls function(element) for this block's share of the elements.
template <typename T, int PACK, typename Function>
HN_DEVICE void for_elements(const hn_params &p, const Block &block, Function function) {
    const unsigned packs = static_cast<unsigned>(divide_up(padded_out_c(p), PACK));
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    block.for_items(static_cast<unsigned>(p.n) * packs * pixels,
                    [&](unsigned item) { function(element_at<T>(item, packs, pixels)); });
}

// Writes value_at(element) for each of them; it is not asked for packs that are padding.
template <typename T, int PACK, typename ValueFunction>
HN_DEVICE void write_elements(const hn_params &p, const Block &block, ValueFunction value_at) {
    for_elements<T, PACK>(p, block, [&](const Element &at) {
        write<T, PACK>(p, at, at.pack * PACK < p.out_c ? value_at(at) : all<PACK>(0));
    });
}

// Calls function(n, pixel) for this block's share of the output pixels.
template <typename Function> HN_DEVICE void for_pixels(const hn_params &p, const Block &block, Function function) {
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    block.for_items(static_cast<unsigned>(p.n) * pixels, [&](unsigned item) {
        function(static_cast<int32_t>(item / pixels), static_cast<int32_t>(item % pixels));
    });
}

// Calls function(channel, its value) for the channels of a pixel, in order and without padding.
template <typename T, int PACK, typename Function>
HN_DEVICE void for_pixel_channels(const hn_view &view, int32_t channels, int32_t n, int32_t pixel, Function function) {
    for (int32_t first = 0; first < channels; first += PACK) {
        const Values<PACK> values = Plane<T, PACK>(view, n, first / PACK).at(pixel);
        for_channels<PACK>([&](int32_t i) {
            if (first + i < channels) {
                function(first + i, values.v[i]);
            }
        });
    }
}

// Writes value_of(channel, input value) for all channels of a pixel, padding included.
template <typename T, int PACK, typename ValueFunction>
HN_DEVICE void write_pixel(const hn_params &p, int32_t n, int32_t pixel, ValueFunction value_of) {
    const int32_t packs = divide_up(padded_out_c(p), PACK);
    for (int32_t pack = 0; pack < packs; pack++) {
        Values<PACK> values = all<PACK>(0);
        if (pack * PACK < p.in_c) {
            const Values<PACK> read = Plane<T, PACK>(p.in[0], n, pack).at(pixel);
            for_channels<PACK>([&](int32_t i) {
                const int32_t channel = pack * PACK + i;
                values.v[i] = channel < p.in_c ? value_of(channel, read.v[i]) : 0;
            });
        }
        write<T, PACK>(p, {n, pack, pixel}, values);
    }
}

} // namespace hn

#endif
