// hn_conv (tiles): any convolution of a view, whose channels may stand anywhere, in tiles of 64 channels x 64 pixels.
#ifndef HN_CUDA_CONV_CUH
#define HN_CUDA_CONV_CUH

#include "conv_block.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void conv(const hn_params &p, const Block &block) {
    conv_block<T, PACK, ConvShape<64, 64, 1>>(p, block);
}

} // namespace hn

#endif
