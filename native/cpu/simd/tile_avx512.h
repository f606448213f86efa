// How wide a vector of AVX-512 is, and the tiles that its registers hold.
#ifndef HARDNET_CPU_SIMD_TILE_AVX512_H
#define HARDNET_CPU_SIMD_TILE_AVX512_H

namespace hardnet::HN_TIER {
namespace {

constexpr int LANES = 16;

// Most output pixels of a convolution tile with 1, 2, 3 vectors of output channels.
constexpr int TILE_PIXELS[] = {0, 14, 14, 9};

} // namespace
} // namespace hardnet::HN_TIER

#endif
