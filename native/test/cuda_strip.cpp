#include "cuda_strip.h"

#include "half.h"

#include <cmath>

namespace {

size_t bytes_of(Element element) { return element == Element::FLOAT32 ? sizeof(float) : sizeof(hn::half); }

} // namespace

float rounded_to(Element element, float value) {
    return element == Element::FLOAT32 ? value : hn::to_float(hn::to_half(value));
}

CudaStrip::CudaStrip(Element element, int32_t n, int32_t channels, int32_t pixels, float guard)
    : element_(element), channels_(channels), pixels_(pixels), guard_(guard),
      memory_(static_cast<int64_t>(bytes_of(element)) * n * channels * pixels) {
    for (int32_t i = 0; i < n; i++) {
        for (int32_t c = 0; c < channels; c++) {
            for (int32_t pixel = 0; pixel < pixels; pixel++) {
                set(i, c, pixel, guard);
            }
        }
    }
}

hn_map CudaStrip::map(int32_t first_channel) const {
    char *data = static_cast<char *>(memory_.get()) + bytes_of(element_) * index(0, first_channel, 0);
    const int64_t picture = static_cast<int64_t>(channels_) * pixels_;
    return element_ == Element::FLOAT32 ? hn_map{data, picture, pixels_, 1} : hn_map{data, picture, 1, channels_};
}

size_t CudaStrip::index(int32_t n, int32_t channel, int32_t pixel) const {
    const int64_t picture = static_cast<int64_t>(n) * channels_ * pixels_;
    const int64_t in_picture = element_ == Element::FLOAT32 ? static_cast<int64_t>(channel) * pixels_ + pixel
                                                            : static_cast<int64_t>(pixel) * channels_ + channel;
    return static_cast<size_t>(picture + in_picture);
}

float CudaStrip::get(int32_t n, int32_t channel, int32_t pixel) const {
    const size_t i = index(n, channel, pixel);
    return element_ == Element::FLOAT32 ? static_cast<const float *>(memory_.get())[i]
                                        : hn::to_float(static_cast<const hn::half *>(memory_.get())[i]);
}

void CudaStrip::set(int32_t n, int32_t channel, int32_t pixel, float value) {
    const size_t i = index(n, channel, pixel);
    if (element_ == Element::FLOAT32) {
        static_cast<float *>(memory_.get())[i] = value;
    } else {
        static_cast<hn::half *>(memory_.get())[i] = hn::to_half(value);
    }
}

bool CudaStrip::is_guard(int32_t n, int32_t channel, int32_t pixel) const {
    const float value = get(n, channel, pixel);
    return value == rounded_to(element_, guard_) || (std::isnan(value) && std::isnan(guard_));
}
