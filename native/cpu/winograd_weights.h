// Packed weights of Winograd's convolution: a bias per output channel, a float, then the transformed weights,
//     [point][block of output channels][input channel][vectors of the block * LANES]
// with the blocks of conv_tile.h. Output channels are filled up with zeros.
#ifndef HARDNET_CPU_WINOGRAD_WEIGHTS_H
#define HARDNET_CPU_WINOGRAD_WEIGHTS_H

#include "winograd_tiles.h"

namespace hardnet::HN_TIER {
namespace {

HN_INLINE int64_t packed_channels(const hn_step &step) { return static_cast<int64_t>(vectors_of(step)) * LANES; }

template <typename F> HN_INLINE int64_t winograd_packed_bytes(const hn_step &step) {
    const int64_t rows = BIAS_ROWS + static_cast<int64_t>(F::POINTS) * F::POINTS * step.in_c;
    return divide_up(rows * packed_channels(step) * static_cast<int64_t>(sizeof(Element)), 64) * 64;
}

// One input channel's kernel for one output channel, in double: transformed weights are rounded once.
template <typename F> HN_INLINE void transform_kernel(const float *kernel, double (&values)[F::POINTS][F::POINTS]) {
    double rows[F::POINTS][3] = {};
    for (int i = 0; i < F::POINTS; i++) {
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 3; y++) {
                rows[i][x] += F::KERNEL[i][y] * static_cast<double>(kernel[y * 3 + x]);
            }
        }
    }
    for (int i = 0; i < F::POINTS; i++) {
        for (int j = 0; j < F::POINTS; j++) {
            values[i][j] = 0;
            for (int x = 0; x < 3; x++) {
                values[i][j] += F::KERNEL[j][x] * rows[i][x];
            }
        }
    }
}

// Where the weight of a pair of channels stands at point 0.
HN_INLINE int64_t packed_weight(const hn_step &step, int32_t channel, int64_t in) {
    const int32_t vector = channel / LANES;
    const int64_t index = smaller_of(vector / 2, blocks_of(step) - 1);
    const Block block = block_of(step, index);
    const int64_t block_start = static_cast<int64_t>(block.first_vector) * LANES * step.in_c;
    return block_start + in * block.vectors * LANES + channel - block.first_vector * LANES;
}

template <typename F>
HN_INLINE void pack_winograd(const hn_step &step, const float *weights, const float *bias, void *packed) {
    float *biases = static_cast<float *>(packed);
    const int64_t floats = winograd_packed_bytes<F>(step) / static_cast<int64_t>(sizeof(float));
    for (int64_t i = 0; i < floats; i++) {
        biases[i] = i < step.out_c ? bias[i] : 0;
    }
    Element *to = reinterpret_cast<Element *>(biases + packed_channels(step));
    const int64_t point_stride = step.in_c * packed_channels(step);
    for (int32_t channel = 0; channel < step.out_c; channel++) {
        for (int64_t in = 0; in < step.in_c; in++) {
            double values[F::POINTS][F::POINTS];
            transform_kernel<F>(weights + (static_cast<int64_t>(channel) * step.in_c + in) * 9, values);
            Element *place = to + packed_weight(step, channel, in);
            for (int point = 0; point < F::POINTS * F::POINTS; point++) {
                const double value = values[point / F::POINTS][point % F::POINTS];
                store_one(place + point * point_stride, static_cast<float>(value));
            }
        }
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
