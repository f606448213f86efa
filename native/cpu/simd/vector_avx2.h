// 8 lanes, 16 registers: AVX2 and FMA.
#ifndef HARDNET_CPU_SIMD_VECTOR_AVX2_H
#define HARDNET_CPU_SIMD_VECTOR_AVX2_H

#include "tile_avx2.h"

#include <immintrin.h>

namespace hardnet::HN_TIER {
namespace {

typedef __m256 Vec;

HN_INLINE __m256i first_lanes(int32_t count) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

HN_INLINE Vec broadcast(float x) { return _mm256_set1_ps(x); }
HN_INLINE Vec load(const float *p) { return _mm256_loadu_ps(p); }
HN_INLINE void store(float *p, Vec v) { _mm256_storeu_ps(p, v); }
HN_INLINE void store_byte(uint8_t *p, int32_t x) { *p = static_cast<uint8_t>(x); }
HN_INLINE Vec load_first(const float *p, int32_t count) { return _mm256_maskload_ps(p, first_lanes(count)); }
HN_INLINE void store_first(float *p, Vec v, int32_t count) { _mm256_maskstore_ps(p, first_lanes(count), v); }

HN_INLINE Vec load_between(Vec rest, const float *p, int32_t first, int32_t end) {
    const __m256i lanes = _mm256_andnot_si256(first_lanes(first), first_lanes(end));
    return _mm256_blendv_ps(rest, _mm256_maskload_ps(p - first, lanes), _mm256_castsi256_ps(lanes));
}

HN_INLINE Vec first_of(Vec v, Vec rest, int32_t count) {
    return _mm256_blendv_ps(rest, v, _mm256_castsi256_ps(first_lanes(count)));
}

// In each half of the registers, squares of four by four; then halves change places.
HN_INLINE void transpose(Vec (&v)[LANES]) {
    Vec squares[LANES];
    for (int i = 0; i < LANES; i += 4) {
        const __m256d low_top = _mm256_castps_pd(_mm256_unpacklo_ps(v[i], v[i + 1]));
        const __m256d high_top = _mm256_castps_pd(_mm256_unpackhi_ps(v[i], v[i + 1]));
        const __m256d low_bottom = _mm256_castps_pd(_mm256_unpacklo_ps(v[i + 2], v[i + 3]));
        const __m256d high_bottom = _mm256_castps_pd(_mm256_unpackhi_ps(v[i + 2], v[i + 3]));
        squares[i] = _mm256_castpd_ps(_mm256_unpacklo_pd(low_top, low_bottom));
        squares[i + 1] = _mm256_castpd_ps(_mm256_unpackhi_pd(low_top, low_bottom));
        squares[i + 2] = _mm256_castpd_ps(_mm256_unpacklo_pd(high_top, high_bottom));
        squares[i + 3] = _mm256_castpd_ps(_mm256_unpackhi_pd(high_top, high_bottom));
    }
    for (int i = 0; i < 4; i++) {
        v[i] = _mm256_permute2f128_ps(squares[i], squares[i + 4], 0x20);
        v[i + 4] = _mm256_permute2f128_ps(squares[i], squares[i + 4], 0x31);
    }
}

HN_INLINE Vec add(Vec a, Vec b) { return _mm256_add_ps(a, b); }
HN_INLINE Vec subtract(Vec a, Vec b) { return _mm256_sub_ps(a, b); }
HN_INLINE Vec multiply(Vec a, Vec b) { return _mm256_mul_ps(a, b); }
HN_INLINE Vec divide(Vec a, Vec b) { return _mm256_div_ps(a, b); }
HN_INLINE Vec multiply_add(Vec a, Vec b, Vec c) { return _mm256_fmadd_ps(a, b, c); }

// The instruction returns its second operand when either is NaN, which forgets a NaN in the first.
HN_INLINE Vec larger(Vec a, Vec b) {
    return _mm256_blendv_ps(_mm256_max_ps(a, b), a, _mm256_cmp_ps(a, a, _CMP_UNORD_Q));
}
// The instruction returns its second operand when either is NaN.
HN_INLINE Vec larger_number(Vec a, Vec b) { return _mm256_max_ps(a, b); }
HN_INLINE float largest_lane(Vec v) {
    const __m128 four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}
HN_INLINE uint32_t equal_lanes(Vec a, Vec b) {
    return static_cast<uint32_t>(_mm256_movemask_ps(_mm256_cmp_ps(a, b, _CMP_EQ_OQ)));
}

HN_INLINE Vec relu(Vec v) { return _mm256_max_ps(_mm256_setzero_ps(), v); }
HN_INLINE Vec relu6(Vec v) { return _mm256_min_ps(_mm256_set1_ps(6), relu(v)); }

} // namespace
} // namespace hardnet::HN_TIER

#endif
