// Packed weights of Winograd's convolution: a bias per output channel, a float, then what is kept of the transformed
// weights,
//     [slice][block of output channels][input channel][kept value][vectors of the block * LANES]
// with the blocks of conv_tile.h. Output channels are filled up with zeros.
#ifndef HARDNET_CPU_WINOGRAD_WEIGHTS_H
#define HARDNET_CPU_WINOGRAD_WEIGHTS_H

#include "winograd_tiles.h"

namespace hardnet::HN_TIER {
namespace {

HN_INLINE int64_t packed_channels(const hn_step &step) { return static_cast<int64_t>(vectors_of(step)) * LANES; }

template <typename F> HN_INLINE int64_t winograd_packed_bytes(const hn_step &step) {
    const int64_t rows = BIAS_ROWS + F::SLICES * F::KEPT * static_cast<int64_t>(step.in_c);
    return divide_up(rows * packed_channels(step) * static_cast<int64_t>(sizeof(Element)), 64) * 64;
}

constexpr int WINDOW = 3;

// One input channel's kernel for one output channel, in double: what is kept is rounded once.
template <typename F>
HN_INLINE void transform_kernel(const float *kernel, double (&kept)[F::SLICES * F::KEPT]) {
    constexpr int row_values = F::SLICES * F::KEPT / F::POINTS;
    for (int i = 0; i < F::POINTS; i++) {
        double row[WINDOW] = {};
        for (int x = 0; x < WINDOW; x++) {
            for (int y = 0; y < WINDOW; y++) {
                row[x] += F::KERNEL[i][y] * static_cast<double>(kernel[y * WINDOW + x]);
            }
        }
        for (int j = 0; j < row_values; j++) {
            double value = 0;
            for (int x = 0; x < WINDOW; x++) {
                value += F::ROW[j][x] * row[x];
            }
            kept[i * row_values + j] = value;
        }
    }
}

// Where a channel's value stands in rows of blocks, [block][rows of the block][vectors of the block * LANES].
HN_INLINE int64_t packed_weight(const hn_step &step, int32_t channel, int64_t rows, int64_t row) {
    const int32_t vector = channel / LANES;
    const int64_t index = smaller_of(vector / 2, blocks_of(step) - 1);
    const Block block = block_of(step, index);
    const int64_t block_start = static_cast<int64_t>(block.first_vector) * LANES * rows;
    return block_start + row * block.vectors * LANES + channel - block.first_vector * LANES;
}

template <typename F>
HN_INLINE void pack_winograd(const hn_step &step, const float *weights, const float *bias, void *packed) {
    float *biases = static_cast<float *>(packed);
    const int64_t floats = winograd_packed_bytes<F>(step) / static_cast<int64_t>(sizeof(float));
    for (int64_t i = 0; i < floats; i++) {
        biases[i] = i < step.out_c ? bias[i] : 0;
    }
    Element *to = reinterpret_cast<Element *>(biases + packed_channels(step));
    const int64_t rows = static_cast<int64_t>(step.in_c) * F::KEPT;
    for (int32_t channel = 0; channel < step.out_c; channel++) {
        for (int64_t in = 0; in < step.in_c; in++) {
            double kept[F::SLICES * F::KEPT];
            transform_kernel<F>(weights + (static_cast<int64_t>(channel) * step.in_c + in) * WINDOW * WINDOW, kept);
            for (int slice = 0; slice < F::SLICES; slice++) {
                for (int k = 0; k < F::KEPT; k++) {
                    const int64_t place = packed_weight(step, channel, rows, in * F::KEPT + k);
                    const double value = kept[slice * F::KEPT + k];
                    store_one(to + slice * rows * packed_channels(step) + place, static_cast<float>(value));
                }
            }
        }
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
