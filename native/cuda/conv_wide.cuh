// hn_conv_wide (tiles): the same as hn_conv, in tiles of 64 channels x 128 pixels: for large maps.
#ifndef HN_CUDA_CONV_WIDE_CUH
#define HN_CUDA_CONV_WIDE_CUH

#include "conv_block.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void conv_wide(const hn_params &p, const Block &block) {
    conv_block<T, PACK, ConvShape<64, 128, 2>>(p, block);
}

} // namespace hn

#endif
