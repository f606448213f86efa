// The inner loop of the convolutions: a small tile of a matrix product, for the best instructions that there are.
#ifndef HARDNET_STANDIN_GEMM_TILE_H
#define HARDNET_STANDIN_GEMM_TILE_H

#include <cstdint>

namespace standin {

struct GemmTile {
    int64_t rows;
    int64_t columns;

    // sums[row * stride + column] += the sum over depth of a[depth][rows] times b[depth][columns].
    void (*multiply)(const float *a, const float *b, int64_t depth, float *sums, int64_t stride);
};

const GemmTile &gemm_tile();

} // namespace standin

#endif
