// Bfloat16 in the compiler's own vectors, a lane at a time.
#ifndef HARDNET_CPU_SIMD_BFLOAT16_PORTABLE_H
#define HARDNET_CPU_SIMD_BFLOAT16_PORTABLE_H

namespace hardnet::HN_TIER {
namespace {

HN_INLINE Vec load_between(Vec rest, const Bfloat16 *p, int32_t first, int32_t end) {
    for (int32_t i = first; i < end && i < LANES; i++) {
        rest[i] = widened(p[i - first]);
    }
    return rest;
}

HN_INLINE Vec load_first(const Bfloat16 *p, int32_t count) { return load_between(broadcast(0.0f), p, 0, count); }

HN_INLINE Vec load(const Bfloat16 *p) { return Vec{widened(p[0]), widened(p[1]), widened(p[2]), widened(p[3])}; }

HN_INLINE void store_first(Bfloat16 *p, Vec v, int32_t count) {
    for (int32_t i = 0; i < count && i < LANES; i++) {
        p[i] = rounded(v[i]);
    }
}

HN_INLINE void store(Bfloat16 *p, Vec v) { store_first(p, v, LANES); }

} // namespace
} // namespace hardnet::HN_TIER

#endif
