// The upper half of a float as an element of maps, over the vectors of any tier.
//
// Results are rounded by whole numbers in every tier. VCVTNEPS2BF16 of AVX-512 BF16 would save a few instructions per
// result, but takes subnormal numbers for zero: results would depend on the processor.
#ifndef HARDNET_CPU_SIMD_BFLOAT16_H
#define HARDNET_CPU_SIMD_BFLOAT16_H

#include <stdint.h>
#include <string.h>

namespace hardnet::HN_TIER {
namespace {

struct Bfloat16 {
    uint16_t bits;
};

HN_INLINE float widened(Bfloat16 x) {
    const uint32_t bits = static_cast<uint32_t>(x.bits) << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// To nearest, to even in the middle. A NaN, which rounding up could make an infinity, keeps its upper half and is quiet.
HN_INLINE Bfloat16 rounded(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint32_t up = bits + 0x7fff + (bits >> 16 & 1);
    return {static_cast<uint16_t>((x != x ? bits | 0x400000 : up) >> 16)};
}

HN_INLINE Vec broadcast(Bfloat16 x) { return broadcast(widened(x)); }
HN_INLINE void store_one(Bfloat16 *p, float x) { *p = rounded(x); }

} // namespace
} // namespace hardnet::HN_TIER

#if defined(HN_VECTOR_AVX512)
#include "bfloat16_avx512.h"
#elif defined(HN_VECTOR_AVX2)
#include "bfloat16_avx2.h"
#elif defined(HN_VECTOR_NEON)
#include "bfloat16_neon.h"
#else
#include "bfloat16_portable.h"
#endif

#endif
