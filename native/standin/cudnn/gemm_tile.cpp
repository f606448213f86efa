// Stand-in CUDA for tests (standin.h says what it proves and what not): the inner loop of its convolutions.
#include "gemm_tile.h"

#include <cstring>

namespace standin {

namespace {

constexpr int VECTORS = 2;

template <int BYTES> struct Vector {
    typedef float Type __attribute__((vector_size(BYTES)));
    static constexpr int LANES = BYTES / static_cast<int>(sizeof(float));
};

// Always inline: compiled anew for the instructions of each function that calls it.
template <int BYTES, int ROWS>
__attribute__((always_inline)) inline void multiply(const float *a, const float *b, int64_t depth, float *sums,
                                                    int64_t stride) {
    using V = typename Vector<BYTES>::Type;
    constexpr int LANES = Vector<BYTES>::LANES;
    V products[ROWS][VECTORS] = {};
    for (int64_t k = 0; k < depth; k++, a += ROWS, b += VECTORS * LANES) {
        V right[VECTORS];
        memcpy(right, b, sizeof right);
#pragma GCC unroll 16
        for (int row = 0; row < ROWS; row++) {
#pragma GCC unroll 2
            for (int v = 0; v < VECTORS; v++) {
                products[row][v] += a[row] * right[v];
            }
        }
    }
    for (int row = 0; row < ROWS; row++) {
        V total[VECTORS];
        memcpy(total, sums + row * stride, sizeof total);
        for (int v = 0; v < VECTORS; v++) {
            total[v] += products[row][v];
        }
        memcpy(sums + row * stride, total, sizeof total);
    }
}

template <int BYTES, int ROWS> constexpr GemmTile tile(decltype(GemmTile::multiply) function) {
    return {ROWS, VECTORS * Vector<BYTES>::LANES, function};
}

void multiply_portable(const float *a, const float *b, int64_t depth, float *sums, int64_t stride) {
    multiply<16, 4>(a, b, depth, sums, stride);
}

#if defined(__x86_64__)

__attribute__((target("avx2,fma"))) void multiply_avx2(const float *a, const float *b, int64_t depth, float *sums,
                                                       int64_t stride) {
    multiply<32, 4>(a, b, depth, sums, stride);
}

__attribute__((target("avx512f"))) void multiply_avx512(const float *a, const float *b, int64_t depth, float *sums,
                                                        int64_t stride) {
    multiply<64, 8>(a, b, depth, sums, stride);
}

GemmTile best_tile() {
    if (__builtin_cpu_supports("avx512f")) {
        return tile<64, 8>(multiply_avx512);
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return tile<32, 4>(multiply_avx2);
    }
    return tile<16, 4>(multiply_portable);
}

#else

GemmTile best_tile() { return tile<16, 4>(multiply_portable); }

#endif

} // namespace

const GemmTile &gemm_tile() {
    static const GemmTile best = best_tile();
    return best;
}

} // namespace standin
