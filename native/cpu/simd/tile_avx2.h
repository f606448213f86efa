// How wide a vector of AVX2 is, and the tiles that its registers hold.
#ifndef HARDNET_CPU_SIMD_TILE_AVX2_H
#define HARDNET_CPU_SIMD_TILE_AVX2_H

namespace hardnet::HN_TIER {
namespace {

constexpr int LANES = 8;

// Most output pixels of a convolution tile with 1, 2, 3 vectors of output channels.
constexpr int TILE_PIXELS[] = {0, 12, 6, 4};

} // namespace
} // namespace hardnet::HN_TIER

#endif
