// hn_conv_narrow (tiles): the same as hn_conv, in tiles of 32 channels x 64 pixels: for few channels.
#ifndef HN_CUDA_CONV_NARROW_CUH
#define HN_CUDA_CONV_NARROW_CUH

#include "conv_block.h"

namespace hn {

template <typename T, int PACK> HN_DEVICE void conv_narrow(const hn_params &p, const Block &block) {
    conv_block<T, PACK, ConvShape<32, 64, 1>>(p, block);
}

} // namespace hn

#endif
