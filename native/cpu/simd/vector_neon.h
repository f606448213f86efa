// 4 lanes, 32 registers: what every arm64 processor has.
#ifndef HARDNET_CPU_SIMD_VECTOR_NEON_H
#define HARDNET_CPU_SIMD_VECTOR_NEON_H

#include "tile_neon.h"

#include <arm_neon.h>

namespace hardnet::HN_TIER {
namespace {

typedef float32x4_t Vec;

HN_INLINE Vec broadcast(float x) { return vdupq_n_f32(x); }
HN_INLINE Vec load(const float *p) { return vld1q_f32(p); }
HN_INLINE void store(float *p, Vec v) { vst1q_f32(p, v); }
HN_INLINE void store_byte(uint8_t *p, int32_t x) { *p = static_cast<uint8_t>(x); }

HN_INLINE Vec load_first(const float *p, int32_t count) {
    float lanes[LANES] = {};
    for (int32_t i = 0; i < count && i < LANES; i++) {
        lanes[i] = p[i];
    }
    return load(lanes);
}

HN_INLINE void store_first(float *p, Vec v, int32_t count) {
    float lanes[LANES];
    store(lanes, v);
    for (int32_t i = 0; i < count && i < LANES; i++) {
        p[i] = lanes[i];
    }
}

HN_INLINE Vec load_between(Vec rest, const float *p, int32_t first, int32_t end) {
    float lanes[LANES];
    store(lanes, rest);
    for (int32_t i = first; i < end && i < LANES; i++) {
        lanes[i] = p[i - first];
    }
    return load(lanes);
}

HN_INLINE Vec first_of(Vec v, Vec rest, int32_t count) {
    const int32x4_t places = {0, 1, 2, 3};
    return vbslq_f32(vcltq_s32(places, vdupq_n_s32(count)), v, rest);
}

HN_INLINE void transpose(Vec (&v)[LANES]) {
    const float32x4_t even_top = vtrn1q_f32(v[0], v[1]);
    const float32x4_t odd_top = vtrn2q_f32(v[0], v[1]);
    const float32x4_t even_bottom = vtrn1q_f32(v[2], v[3]);
    const float32x4_t odd_bottom = vtrn2q_f32(v[2], v[3]);
    v[0] = vcombine_f32(vget_low_f32(even_top), vget_low_f32(even_bottom));
    v[1] = vcombine_f32(vget_low_f32(odd_top), vget_low_f32(odd_bottom));
    v[2] = vcombine_f32(vget_high_f32(even_top), vget_high_f32(even_bottom));
    v[3] = vcombine_f32(vget_high_f32(odd_top), vget_high_f32(odd_bottom));
}

HN_INLINE Vec add(Vec a, Vec b) { return vaddq_f32(a, b); }
HN_INLINE Vec subtract(Vec a, Vec b) { return vsubq_f32(a, b); }
HN_INLINE Vec multiply(Vec a, Vec b) { return vmulq_f32(a, b); }
HN_INLINE Vec divide(Vec a, Vec b) { return vdivq_f32(a, b); }
HN_INLINE Vec multiply_add(Vec a, Vec b, Vec c) { return vfmaq_f32(c, a, b); }

HN_INLINE Vec larger(Vec a, Vec b) { return vmaxq_f32(a, b); }
HN_INLINE Vec larger_number(Vec a, Vec b) { return vmaxnmq_f32(a, b); }
HN_INLINE float largest_lane(Vec v) { return vmaxvq_f32(v); }
HN_INLINE uint32_t equal_lanes(Vec a, Vec b) {
    const uint32x4_t bits = {1, 2, 4, 8};
    return vaddvq_u32(vandq_u32(vceqq_f32(a, b), bits));
}
HN_INLINE Vec relu(Vec v) { return vmaxq_f32(v, vdupq_n_f32(0)); }
HN_INLINE Vec relu6(Vec v) { return vminq_f32(relu(v), vdupq_n_f32(6)); }

} // namespace
} // namespace hardnet::HN_TIER

#endif
