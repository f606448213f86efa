// Tensors for the tests of the stand-in's convolutions: channel ranges of strips, channels first or last, of float32 or
// float16; and convolutions by plain loops.
#ifndef HARDNET_TEST_STANDIN_TENSOR_H
#define HARDNET_TEST_STANDIN_TENSOR_H

#include "standin_device.h"

#include "../standin/cudnn/half.h"
#include "standin_cudnn.h"

#include <array>
#include <cmath>
#include <random>
#include <type_traits>

// n, c, h, w.
using Size = std::array<int, 4>;

// The channels [first, first + size[1]) of a strip, in device memory.
class StripSlice {
  public:
    StripSlice(cudnnDataType_t type, bool channels_last, Size size, int first, int strip_channels)
        : type_(type), size_(size), first_(first), stride_(strides(channels_last, size, strip_channels)),
          memory_(static_cast<size_t>(size[0]) * strip_channels * size[2] * size[3] * element_bytes()) {}

    int element_bytes() const { return type_ == CUDNN_DATA_HALF ? 2 : 4; }
    cudnnDataType_t type() const { return type_; }
    const Size &size() const { return size_; }
    const Size &stride() const { return stride_; }
    uint8_t *data() const { return memory_.data() + first_ * stride_[1] * element_bytes(); }

    float at(int n, int c, int h, int w) const {
        const uint8_t *address = element(n, c, h, w);
        return type_ == CUDNN_DATA_HALF ? standin::half_to_float(*reinterpret_cast<const uint16_t *>(address))
                                        : *reinterpret_cast<const float *>(address);
    }

    void put(int n, int c, int h, int w, float value) {
        uint8_t *address = element(n, c, h, w);
        if (type_ == CUDNN_DATA_HALF) {
            *reinterpret_cast<uint16_t *>(address) = standin::float_to_half(value);
        } else {
            *reinterpret_cast<float *>(address) = value;
        }
    }

    // Calls function(n, c, h, w) for all elements of the slice.
    template <class Function> void for_each(const Function &function) const {
        for (int n = 0; n < size_[0]; n++) {
            for (int c = 0; c < size_[1]; c++) {
                for (int h = 0; h < size_[2]; h++) {
                    for (int w = 0; w < size_[3]; w++) {
                        function(n, c, h, w);
                    }
                }
            }
        }
    }

    void fill(std::mt19937 &random) {
        std::uniform_real_distribution<float> values(-1, 1);
        for_each([&](int n, int c, int h, int w) { put(n, c, h, w, values(random)); });
    }

    // Bytes of the strip that are not 0xff, that is not as they were allocated.
    int64_t written_bytes() const {
        int64_t written = 0;
        for (uint8_t byte : memory_.values()) {
            written += byte != 0xff ? 1 : 0;
        }
        return written;
    }

  private:
    static Size strides(bool channels_last, Size size, int strip_channels) {
        const int pixels = size[2] * size[3];
        return channels_last ? Size{pixels * strip_channels, 1, size[3] * strip_channels, strip_channels}
                             : Size{pixels * strip_channels, pixels, size[3], 1};
    }

    uint8_t *element(int n, int c, int h, int w) const {
        return data() + (int64_t{n} * stride_[0] + c * stride_[1] + h * stride_[2] + w * stride_[3]) * element_bytes();
    }

    cudnnDataType_t type_;
    Size size_;
    int first_;
    Size stride_;
    DeviceArray<uint8_t> memory_;
};

struct ConvolutionShape {
    int pad_h;
    int pad_w;
    int step_h;
    int step_w;
    int dilation_h;
    int dilation_w;
    int groups;
};

// One element of the result, exactly but for the rounding of double.
inline double plain_forward(const StripSlice &x, const StripSlice &w, const ConvolutionShape &s, int n, int k, int row,
                            int column) {
    const Size &filter = w.size();
    const int group = k / (filter[0] / s.groups);
    double sum = 0;
    for (int c = 0; c < filter[1]; c++) {
        for (int r = 0; r < filter[2]; r++) {
            for (int t = 0; t < filter[3]; t++) {
                const int h = row * s.step_h - s.pad_h + r * s.dilation_h;
                const int v = column * s.step_w - s.pad_w + t * s.dilation_w;
                if (h >= 0 && h < x.size()[2] && v >= 0 && v < x.size()[3]) {
                    sum += double{x.at(n, group * filter[1] + c, h, v)} * w.at(k, c, r, t);
                }
            }
        }
    }
    return sum;
}

inline int out_size(int in, int pad, int kernel, int dilation, int step) {
    return (in + 2 * pad - (kernel - 1) * dilation - 1) / step + 1;
}

#endif
