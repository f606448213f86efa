// Vectors without values, of the width of another tier: loads and stores tell the trace where they would go, and touch
// nothing. The same kernels over these vectors show which memory the other tier's read and write, in which order.
#ifndef HARDNET_CPU_SIMD_VECTOR_TRACE_H
#define HARDNET_CPU_SIMD_VECTOR_TRACE_H

#include "trace/memory_trace.h"

#if defined(HN_TRACE_OF_AVX512)
#include "tile_avx512.h"
#elif defined(HN_TRACE_OF_AVX2)
#include "tile_avx2.h"
#elif defined(HN_TRACE_OF_NEON)
#include "tile_neon.h"
#else
#include "tile_portable.h"
#endif

namespace hardnet::HN_TIER {
namespace {

struct Vec {};

HN_INLINE Vec loaded(const float *p, int64_t floats) {
    trace_read(p, floats * static_cast<int64_t>(sizeof(float)));
    return {};
}

HN_INLINE void stored(float *p, int64_t floats) { trace_write(p, floats * static_cast<int64_t>(sizeof(float))); }

// A value that has a place is read from there.
HN_INLINE Vec broadcast(const float &x) { return loaded(&x, 1); }
HN_INLINE Vec broadcast(float &&) { return {}; }

HN_INLINE Vec load(const float *p) { return loaded(p, LANES); }
HN_INLINE void store(float *p, Vec) { stored(p, LANES); }
HN_INLINE Vec load_first(const float *p, int32_t count) { return loaded(p, count); }
HN_INLINE void store_first(float *p, Vec, int32_t count) { stored(p, count); }
HN_INLINE void store_byte(uint8_t *p, int32_t) { trace_write(p, 1); }
HN_INLINE Vec load_between(Vec, const float *p, int32_t first, int32_t end) { return loaded(p, end - first); }
HN_INLINE Vec first_of(Vec, Vec, int32_t) { return {}; }

HN_INLINE void transpose(Vec (&)[LANES]) {}

HN_INLINE Vec add(Vec, Vec) { return {}; }
HN_INLINE Vec subtract(Vec, Vec) { return {}; }
HN_INLINE Vec multiply(Vec, Vec) { return {}; }
HN_INLINE Vec divide(Vec, Vec) { return {}; }
HN_INLINE Vec multiply_add(Vec, Vec, Vec) { return {}; }
HN_INLINE Vec larger(Vec, Vec) { return {}; }
HN_INLINE Vec larger_number(Vec, Vec) { return {}; }
HN_INLINE float largest_lane(Vec) { return 0; }
HN_INLINE uint32_t equal_lanes(Vec, Vec) { return 1; }
HN_INLINE Vec relu(Vec) { return {}; }
HN_INLINE Vec relu6(Vec) { return {}; }

} // namespace
} // namespace hardnet::HN_TIER

#endif
