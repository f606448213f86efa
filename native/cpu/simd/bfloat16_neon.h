// Bfloat16 in vectors of NEON.
#ifndef HARDNET_CPU_SIMD_BFLOAT16_NEON_H
#define HARDNET_CPU_SIMD_BFLOAT16_NEON_H

namespace hardnet::HN_TIER {
namespace {

HN_INLINE Vec widened(uint16x4_t v) { return vreinterpretq_f32_u32(vshlq_n_u32(vmovl_u16(v), 16)); }

HN_INLINE uint16x4_t rounded(Vec v) {
    const uint32x4_t bits = vreinterpretq_u32_f32(v);
    const uint32x4_t odd = vandq_u32(vshrq_n_u32(bits, 16), vdupq_n_u32(1));
    const uint32x4_t up = vaddq_u32(vaddq_u32(bits, vdupq_n_u32(0x7fff)), odd);
    const uint32x4_t quiet = vorrq_u32(bits, vdupq_n_u32(0x400000));
    return vshrn_n_u32(vbslq_u32(vceqq_f32(v, v), up, quiet), 16);
}

HN_INLINE Vec load(const Bfloat16 *p) { return widened(vld1_u16(reinterpret_cast<const uint16_t *>(p))); }
HN_INLINE void store(Bfloat16 *p, Vec v) { vst1_u16(reinterpret_cast<uint16_t *>(p), rounded(v)); }

HN_INLINE Vec load_between(Vec rest, const Bfloat16 *p, int32_t first, int32_t end) {
    float lanes[LANES];
    store(lanes, rest);
    for (int32_t i = first; i < end && i < LANES; i++) {
        lanes[i] = widened(p[i - first]);
    }
    return load(lanes);
}

HN_INLINE Vec load_first(const Bfloat16 *p, int32_t count) { return load_between(broadcast(0.0f), p, 0, count); }

HN_INLINE void store_first(Bfloat16 *p, Vec v, int32_t count) {
    Bfloat16 lanes[LANES];
    store(lanes, v);
    for (int32_t i = 0; i < count && i < LANES; i++) {
        p[i] = lanes[i];
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
