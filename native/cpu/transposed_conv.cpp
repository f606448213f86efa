// Transposed convolution, as a gather: an output pixel sums the taps that reach it from an input pixel.
//
// Tap k reaches output position p from (p + padding - k) / stride, where that has no remainder: along a row only every
// stride-th pixel is reached by the same taps. Tiles take pixels in that order, so a tap concerns the whole tile or
// none of it.
#include "conv_items.h"

namespace hardnet::HN_TIER {
namespace {

// A position along one axis, in strides.
struct Strides {
    int32_t whole;
    int32_t rest;
};

HN_INLINE Strides strides_of(const hn_step &step, int32_t position) {
    return {position / step.stride, position % step.stride};
}

// The column of a row's pixel number index. The first phases of a row are one pixel longer than the others.
HN_INLINE int32_t column_at(const hn_step &step, int32_t index) {
    const int32_t longest = static_cast<int32_t>(divide_up(step.out_w, step.stride));
    const int32_t long_phases = step.out_w - (longest - 1) * step.stride;
    if (index < long_phases * longest) {
        return index / longest + index % longest * step.stride;
    }
    const int32_t left = index - long_phases * longest;
    return long_phases + left / (longest - 1) + left % (longest - 1) * step.stride;
}

// MR output pixels: rows in their order; within a row x = 0, stride, 2 stride, ..., then 1, 1 + stride, ...
template <int MR> class Reached {
  public:
    HN_ALWAYS_INLINE Reached(const hn_step &step, int64_t first) {
        int64_t row = first / step.out_w;
        int32_t x = column_at(step, static_cast<int32_t>(first % step.out_w));
        int32_t phase = x % step.stride;
        const int32_t phases = smaller_of(step.stride, step.out_w);
        for (int m = 0; m < MR; m++) {
            picture_[m] = row / step.out_h * step.in_h * step.in_w;
            output_[m] = row * step.out_w + x;
            y_[m] = strides_of(step, static_cast<int32_t>(row % step.out_h) + step.padding_h);
            x_[m] = strides_of(step, x + step.padding_w);
            x += step.stride;
            if (x >= step.out_w) {
                phase = phase + 1 < phases ? phase + 1 : 0;
                row += phase == 0 ? 1 : 0;
                x = phase;
            }
        }
    }

    HN_ALWAYS_INLINE bool under(const hn_step &step, int32_t ky, int32_t kx, int64_t *pixels) const {
        const Strides tap_y = strides_of(step, ky);
        const Strides tap_x = strides_of(step, kx);
        bool any = false;
        for (int m = 0; m < MR; m++) {
            const int32_t y = y_[m].whole - tap_y.whole;
            const int32_t x = x_[m].whole - tap_x.whole;
            const bool inside = y_[m].rest == tap_y.rest && x_[m].rest == tap_x.rest &&
                                static_cast<uint32_t>(y) < static_cast<uint32_t>(step.in_h) &&
                                static_cast<uint32_t>(x) < static_cast<uint32_t>(step.in_w);
            pixels[m] = inside ? picture_[m] + static_cast<int64_t>(y) * step.in_w + x : -1;
            any |= inside;
        }
        return any;
    }

    HN_ALWAYS_INLINE bool under_row(const hn_step &, int32_t, int64_t *) const { return false; }

    HN_ALWAYS_INLINE int64_t output(int m) const { return output_[m]; }

  private:
    int64_t picture_[MR]; // first input pixel of the picture
    int64_t output_[MR];
    Strides y_[MR]; // from the first row of the padded output on
    Strides x_[MR];
};

bool supports(const hn_step &step) { return step.kind == HN_TRANSPOSED_CONV; }

int64_t packed_bytes(const hn_step &step) { return conv_packed_bytes(step); }

void pack(const hn_step &step, const float *weights, const float *bias, void *packed) {
    const int64_t area = static_cast<int64_t>(step.kernel_h) * step.kernel_w;
    const auto weight = [&](int64_t out, int64_t in, int64_t tap) {
        return weights[(in * step.out_c + out) * area + tap];
    };
    pack_conv(step, weight, bias, packed);
}

int64_t work_items(const hn_step &step) { return conv_items(step); }

void run(const hn_step &step, int64_t item, void *) { run_conv_item<Reached>(step, item); }

} // namespace

extern const Kernel transposed_conv = {supports, packed_bytes, pack, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
