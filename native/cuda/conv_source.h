// How a thread of the own convolution finds what it stages: rows are the input channels of one tap after the other, in
// packs that are numbered through.
#ifndef HN_CUDA_CONV_SOURCE_H
#define HN_CUDA_CONV_SOURCE_H

#include "items.h"
#include "window.h"

namespace hn {

HN_DEVICE int32_t taps_of(const hn_params &p) { return p.kernel_h * p.kernel_w; }

// Inputs of one output pixel, every STEP-th pack from a first one on.
template <typename T, int PACK, int STEP> class ConvInputs {
  public:
    HN_DEVICE void begin(const hn_params &p, unsigned pixel, int32_t number) {
        constexpr int32_t NOWHERE = -(1 << 30);
        const unsigned pixels = static_cast<unsigned>(out_pixels(p));
        packs_ = divide_up(p.in_c, PACK);
        n_ = static_cast<int32_t>(pixel / pixels);
        corner_ = corner_at(p, static_cast<int32_t>(pixel % pixels));
        corner_.y = n_ < p.n ? corner_.y : NOWHERE;
        pack_ = number % packs_;
        ky_ = number / packs_ / p.kernel_w;
        kx_ = number / packs_ % p.kernel_w;
        locate(p);
    }

    // The pack's channels; zero where there is no input.
    HN_DEVICE Values<PACK> next(const hn_params &p) {
        Values<PACK> values = all<PACK>(0);
        if (from_ != nullptr) {
            values = load<PACK>(from_);
            if constexpr (PACK > 1) { // a pack's last channels may be those of another map
                const int32_t count = p.in_c - pack_ * PACK;
                for_channels<PACK>([&](int32_t c) { values.v[c] = c < count ? values.v[c] : 0; });
            }
        }
        advance(p);
        return values;
    }

  private:
    HN_DEVICE void advance(const hn_params &p) {
        pack_ += STEP;
        if (pack_ < packs_ && p.in[0].packs == nullptr) {
            from_ = from_ != nullptr ? from_ + p.in[0].map.c_stride * (STEP * PACK) : nullptr;
            return;
        }
        while (pack_ >= packs_) {
            pack_ -= packs_;
            kx_++;
            if (kx_ == p.kernel_w) {
                kx_ = 0;
                ky_++;
            }
        }
        locate(p);
    }

    HN_DEVICE void locate(const hn_params &p) {
        const int32_t y = corner_.y + ky_ * p.dilation;
        const int32_t x = corner_.x + kx_ * p.dilation;
        const bool exists = ky_ < p.kernel_h && is_inside(p, y, x);
        from_ = exists ? Plane<T, PACK>(p.in[0], n_, pack_).from(y * p.in_w + x) : nullptr;
    }

    const T *from_; // null where there is no input
    Corner corner_;
    int32_t n_;
    int32_t packs_;
    int32_t pack_;
    int32_t ky_;
    int32_t kx_;
};

// Four weights of a row: those of channel `first` of the packs from `number` on.
template <int PACK>
HN_DEVICE Four conv_weights(const hn_params &p, int32_t fours, int32_t four, int32_t number, int32_t first) {
    const int32_t packs = divide_up(p.in_c, PACK);
    bool exists = four < fours && number < packs * taps_of(p);
    int64_t row = number;
    if constexpr (PACK > 1) {
        const int32_t channel = number % packs * PACK + first;
        exists = exists && channel < p.in_c;
        row = static_cast<int64_t>(number / packs) * p.in_c + channel;
    }
    return exists ? static_cast<const Four *>(p.weight)[row * fours + four] : Four{{0, 0, 0, 0}};
}

} // namespace hn

#endif
