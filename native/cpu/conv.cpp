// Dense convolution, direct: no copy of the input is made, whatever its segments. A linear layer is the same over a
// map of one pixel.
#include "conv_items.h"

namespace hardnet::HN_TIER {
namespace {

// MR consecutive output pixels, by where their windows begin.
template <int MR> class Windows {
  public:
    HN_ALWAYS_INLINE Windows(const hn_step &step, int64_t first) : first_(first) {
        const int64_t row = first / step.out_w;
        int32_t x = static_cast<int32_t>(first % step.out_w);
        int32_t y = static_cast<int32_t>(row % step.out_h);
        const int64_t picture_pixels = static_cast<int64_t>(step.in_h) * step.in_w;
        int64_t picture = row / step.out_h * picture_pixels;
        for (int m = 0; m < MR; m++) {
            picture_[m] = picture;
            y_[m] = y * step.stride - step.padding_h;
            x_[m] = x * step.stride - step.padding_w;
            if (++x == step.out_w) {
                x = 0;
                if (++y == step.out_h) {
                    y = 0;
                    picture += picture_pixels;
                }
            }
        }
    }

    HN_ALWAYS_INLINE bool under(const hn_step &step, int32_t ky, int32_t kx, int64_t *pixels) const {
        bool any = false;
        for (int m = 0; m < MR; m++) {
            const int32_t y = y_[m] + ky * step.dilation;
            const int32_t x = x_[m] + kx * step.dilation;
            const bool inside = static_cast<uint32_t>(y) < static_cast<uint32_t>(step.in_h) &&
                                static_cast<uint32_t>(x) < static_cast<uint32_t>(step.in_w);
            pixels[m] = inside ? picture_[m] + static_cast<int64_t>(y) * step.in_w + x : -1;
            any |= inside;
        }
        return any;
    }

    HN_ALWAYS_INLINE int64_t output(int m) const { return first_ + m; }

  private:
    int64_t first_;
    int64_t picture_[MR]; // first input pixel of the picture
    int32_t y_[MR];
    int32_t x_[MR];
};

bool supports(const hn_step &step) { return step.kind == HN_CONV; }

bool supports_linear(const hn_step &step) { return step.kind == HN_LINEAR; }

int64_t packed_bytes(const hn_step &step) { return conv_packed_bytes(step); }

void pack(const hn_step &step, const float *weights, const float *bias, void *packed) {
    const int64_t area = static_cast<int64_t>(step.kernel_h) * step.kernel_w;
    const auto weight = [&](int64_t out, int64_t in, int64_t tap) {
        return weights[(out * step.in_c + in) * area + tap];
    };
    pack_conv(step, weight, bias, packed);
}

int64_t work_items(const hn_step &step) { return conv_items(step); }

void run(const hn_step &step, int64_t item, void *) { run_conv_item<Windows>(step, item); }

} // namespace

extern const Kernel conv = {supports, packed_bytes, pack, no_bytes, work_items, run, HN_DIRECT};
extern const Kernel linear = {supports_linear, packed_bytes, pack, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
