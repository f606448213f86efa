// Bfloat16 in vectors of AVX2, which loads and stores no part of 16-bit lanes: these go through memory.
#ifndef HARDNET_CPU_SIMD_BFLOAT16_AVX2_H
#define HARDNET_CPU_SIMD_BFLOAT16_AVX2_H

namespace hardnet::HN_TIER {
namespace {

HN_INLINE Vec widened(__m128i v) { return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(v), 16)); }

HN_INLINE __m128i rounded(Vec v) {
    const __m256i bits = _mm256_castps_si256(v);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i up = _mm256_add_epi32(_mm256_add_epi32(bits, _mm256_set1_epi32(0x7fff)), odd);
    const __m256i quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x400000));
    const __m256i nan = _mm256_castps_si256(_mm256_cmp_ps(v, v, _CMP_UNORD_Q));
    const __m256i whole = _mm256_srli_epi32(_mm256_blendv_epi8(up, quiet, nan), 16);
    return _mm_packus_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
}

HN_INLINE Vec load(const Bfloat16 *p) { return widened(_mm_loadu_si128(reinterpret_cast<const __m128i *>(p))); }
HN_INLINE void store(Bfloat16 *p, Vec v) { _mm_storeu_si128(reinterpret_cast<__m128i *>(p), rounded(v)); }

HN_INLINE Vec load_between(Vec rest, const Bfloat16 *p, int32_t first, int32_t end) {
    alignas(16) Bfloat16 lanes[LANES] = {};
    for (int32_t i = first; i < end && i < LANES; i++) {
        lanes[i] = p[i - first];
    }
    const __m256i mask = _mm256_andnot_si256(first_lanes(first), first_lanes(end));
    return _mm256_blendv_ps(rest, load(lanes), _mm256_castsi256_ps(mask));
}

HN_INLINE Vec load_first(const Bfloat16 *p, int32_t count) {
    return load_between(_mm256_setzero_ps(), p, 0, count);
}

HN_INLINE void store_first(Bfloat16 *p, Vec v, int32_t count) {
    alignas(16) Bfloat16 lanes[LANES];
    store(lanes, v);
    for (int32_t i = 0; i < count && i < LANES; i++) {
        p[i] = lanes[i];
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
