// Bfloat16 in vectors of AVX-512.
#ifndef HARDNET_CPU_SIMD_BFLOAT16_AVX512_H
#define HARDNET_CPU_SIMD_BFLOAT16_AVX512_H

namespace hardnet::HN_TIER {
namespace {

HN_INLINE Vec widened(__m256i v) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(v), 16));
}

HN_INLINE __m256i rounded(Vec v) {
    const __m512i bits = _mm512_castps_si512(v);
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i up = _mm512_add_epi32(_mm512_add_epi32(bits, _mm512_set1_epi32(0x7fff)), odd);
    const __mmask16 nan = _mm512_cmp_ps_mask(v, v, _CMP_UNORD_Q);
    const __m512i whole = _mm512_mask_or_epi32(up, nan, bits, _mm512_set1_epi32(0x400000));
    return _mm512_cvtepi32_epi16(_mm512_srli_epi32(whole, 16));
}

HN_INLINE Vec load(const Bfloat16 *p) { return widened(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(p))); }
HN_INLINE void store(Bfloat16 *p, Vec v) { _mm256_storeu_si256(reinterpret_cast<__m256i *>(p), rounded(v)); }

HN_INLINE Vec load_first(const Bfloat16 *p, int32_t count) {
    return widened(_mm256_maskz_loadu_epi16(first_lanes(count), p));
}

HN_INLINE void store_first(Bfloat16 *p, Vec v, int32_t count) {
    _mm256_mask_storeu_epi16(p, first_lanes(count), rounded(v));
}

HN_INLINE Vec load_between(Vec rest, const Bfloat16 *p, int32_t first, int32_t end) {
    const __mmask16 lanes = first_lanes(end) & ~first_lanes(first);
    return _mm512_mask_mov_ps(rest, lanes, widened(_mm256_maskz_loadu_epi16(lanes, p - first)));
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
