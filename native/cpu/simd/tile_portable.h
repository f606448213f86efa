// How wide a vector of the portable tier is, and the tiles that its registers hold.
#ifndef HARDNET_CPU_SIMD_TILE_PORTABLE_H
#define HARDNET_CPU_SIMD_TILE_PORTABLE_H

namespace hardnet::HN_TIER {
namespace {

constexpr int LANES = 4;

// Most output pixels of a convolution tile with 1, 2, 3 vectors of output channels.
constexpr int TILE_PIXELS[] = {0, 8, 5, 3};

} // namespace
} // namespace hardnet::HN_TIER

#endif
