// 4 lanes in the compiler's own vectors, for any processor.
#ifndef HARDNET_CPU_SIMD_VECTOR_PORTABLE_H
#define HARDNET_CPU_SIMD_VECTOR_PORTABLE_H

#include "tile_portable.h"

#include <string.h>

namespace hardnet::HN_TIER {
namespace {

typedef float Vec __attribute__((vector_size(16)));

HN_INLINE Vec broadcast(float x) { return Vec{x, x, x, x}; }

HN_INLINE Vec load(const float *p) {
    Vec v;
    memcpy(&v, p, sizeof v);
    return v;
}

HN_INLINE void store(float *p, Vec v) { memcpy(p, &v, sizeof v); }
HN_INLINE void store_byte(uint8_t *p, int32_t x) { *p = static_cast<uint8_t>(x); }

HN_INLINE Vec load_first(const float *p, int32_t count) {
    Vec v = {};
    for (int32_t i = 0; i < count && i < LANES; i++) {
        v[i] = p[i];
    }
    return v;
}

HN_INLINE void store_first(float *p, Vec v, int32_t count) {
    for (int32_t i = 0; i < count && i < LANES; i++) {
        p[i] = v[i];
    }
}

HN_INLINE Vec load_between(Vec rest, const float *p, int32_t first, int32_t end) {
    for (int32_t i = first; i < end && i < LANES; i++) {
        rest[i] = p[i - first];
    }
    return rest;
}

HN_INLINE Vec first_of(Vec v, Vec rest, int32_t count) {
    for (int32_t i = 0; i < count && i < LANES; i++) {
        rest[i] = v[i];
    }
    return rest;
}

HN_INLINE void transpose(Vec (&v)[LANES]) {
    for (int i = 0; i < LANES; i++) {
        for (int j = 0; j < i; j++) {
            const float below = v[i][j];
            v[i][j] = v[j][i];
            v[j][i] = below;
        }
    }
}

HN_INLINE Vec add(Vec a, Vec b) { return a + b; }
HN_INLINE Vec subtract(Vec a, Vec b) { return a - b; }
HN_INLINE Vec multiply(Vec a, Vec b) { return a * b; }
HN_INLINE Vec divide(Vec a, Vec b) { return a / b; }
HN_INLINE Vec multiply_add(Vec a, Vec b, Vec c) { return a * b + c; }

HN_INLINE Vec larger(Vec a, Vec b) { return (a > b) | (a != a) ? a : b; }
HN_INLINE Vec larger_number(Vec a, Vec b) { return a > b ? a : b; }

HN_INLINE float largest_lane(Vec v) {
    float largest = v[0];
    for (int i = 1; i < LANES; i++) {
        largest = v[i] > largest ? v[i] : largest;
    }
    return largest;
}

HN_INLINE uint32_t equal_lanes(Vec a, Vec b) {
    uint32_t bits = 0;
    for (int i = 0; i < LANES; i++) {
        bits |= (a[i] == b[i] ? 1u : 0u) << i;
    }
    return bits;
}

HN_INLINE Vec relu(Vec v) { return v < 0.0f ? broadcast(0) : v; }
HN_INLINE Vec relu6(Vec v) { return v > 6.0f ? broadcast(6) : relu(v); }

} // namespace
} // namespace hardnet::HN_TIER

#endif
