// 16 lanes, 32 registers: AVX-512 F, VL, DQ, BW.
#ifndef HARDNET_CPU_SIMD_VECTOR_AVX512_H
#define HARDNET_CPU_SIMD_VECTOR_AVX512_H

#include "tile_avx512.h"

#include <immintrin.h>

namespace hardnet::HN_TIER {
namespace {

typedef __m512 Vec;

HN_INLINE __mmask16 first_lanes(int32_t count) { return static_cast<__mmask16>((1u << count) - 1); }

HN_INLINE Vec broadcast(float x) { return _mm512_set1_ps(x); }
HN_INLINE Vec load(const float *p) { return _mm512_loadu_ps(p); }
HN_INLINE void store(float *p, Vec v) { _mm512_storeu_ps(p, v); }
HN_INLINE void store_byte(uint8_t *p, int32_t x) { *p = static_cast<uint8_t>(x); }
HN_INLINE Vec load_first(const float *p, int32_t count) { return _mm512_maskz_loadu_ps(first_lanes(count), p); }
HN_INLINE void store_first(float *p, Vec v, int32_t count) { _mm512_mask_storeu_ps(p, first_lanes(count), v); }

HN_INLINE Vec load_between(Vec rest, const float *p, int32_t first, int32_t end) {
    return _mm512_mask_loadu_ps(rest, first_lanes(end) & ~first_lanes(first), p - first);
}

HN_INLINE Vec first_of(Vec v, Vec rest, int32_t count) { return _mm512_mask_mov_ps(rest, first_lanes(count), v); }

// In each quarter of the registers, squares of four by four; then quarters change places.
HN_INLINE void transpose(Vec (&v)[LANES]) {
    Vec squares[LANES];
#pragma GCC unroll 4
    for (int i = 0; i < LANES; i += 4) {
        const __m512d low_top = _mm512_castps_pd(_mm512_unpacklo_ps(v[i], v[i + 1]));
        const __m512d high_top = _mm512_castps_pd(_mm512_unpackhi_ps(v[i], v[i + 1]));
        const __m512d low_bottom = _mm512_castps_pd(_mm512_unpacklo_ps(v[i + 2], v[i + 3]));
        const __m512d high_bottom = _mm512_castps_pd(_mm512_unpackhi_ps(v[i + 2], v[i + 3]));
        squares[i] = _mm512_castpd_ps(_mm512_unpacklo_pd(low_top, low_bottom));
        squares[i + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low_top, low_bottom));
        squares[i + 2] = _mm512_castpd_ps(_mm512_unpacklo_pd(high_top, high_bottom));
        squares[i + 3] = _mm512_castpd_ps(_mm512_unpackhi_pd(high_top, high_bottom));
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        const Vec even_top = _mm512_shuffle_f32x4(squares[i], squares[i + 4], 0x88);
        const Vec odd_top = _mm512_shuffle_f32x4(squares[i], squares[i + 4], 0xdd);
        const Vec even_bottom = _mm512_shuffle_f32x4(squares[i + 8], squares[i + 12], 0x88);
        const Vec odd_bottom = _mm512_shuffle_f32x4(squares[i + 8], squares[i + 12], 0xdd);
        v[i] = _mm512_shuffle_f32x4(even_top, even_bottom, 0x88);
        v[i + 4] = _mm512_shuffle_f32x4(odd_top, odd_bottom, 0x88);
        v[i + 8] = _mm512_shuffle_f32x4(even_top, even_bottom, 0xdd);
        v[i + 12] = _mm512_shuffle_f32x4(odd_top, odd_bottom, 0xdd);
    }
}

HN_INLINE Vec add(Vec a, Vec b) { return _mm512_add_ps(a, b); }
HN_INLINE Vec subtract(Vec a, Vec b) { return _mm512_sub_ps(a, b); }
HN_INLINE Vec multiply(Vec a, Vec b) { return _mm512_mul_ps(a, b); }
HN_INLINE Vec divide(Vec a, Vec b) { return _mm512_div_ps(a, b); }
HN_INLINE Vec multiply_add(Vec a, Vec b, Vec c) { return _mm512_fmadd_ps(a, b, c); }

// The instruction returns its second operand when either is NaN, which forgets a NaN in the first.
HN_INLINE Vec larger(Vec a, Vec b) {
    return _mm512_mask_mov_ps(_mm512_max_ps(a, b), _mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q), a);
}
// The instruction returns its second operand when either is NaN.
HN_INLINE Vec larger_number(Vec a, Vec b) { return _mm512_max_ps(a, b); }
HN_INLINE float largest_lane(Vec v) { return _mm512_reduce_max_ps(v); }
HN_INLINE uint32_t equal_lanes(Vec a, Vec b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }

HN_INLINE Vec relu(Vec v) { return _mm512_max_ps(_mm512_setzero_ps(), v); }
HN_INLINE Vec relu6(Vec v) { return _mm512_min_ps(_mm512_set1_ps(6), relu(v)); }

} // namespace
} // namespace hardnet::HN_TIER

#endif
