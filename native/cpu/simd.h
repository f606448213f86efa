// Chooses the vector of the tier a kernel file is compiled for.
//
// Every vector header gives the same names: Vec, LANES, the tile sizes of the convolution, and the functions below.
// All of them, and every template of the kernels, stand in an unnamed namespace inside the tier's namespace: the object
// files of a tier then define no weak symbol that the linker could choose for code which runs without the tier.
//
// In a tier of HN_BFLOAT16, simd/bfloat16.h adds the functions that load and store for Bfloat16. Element is what maps
// and large weights consist of: float or Bfloat16.
//
//   broadcast(x)              every lane x
//   load(p), store(p, v)      LANES floats, any alignment
//   load_first(p, count)      the first count floats, 1 to LANES; nothing beyond them is touched
//   store_first(p, v, count)
//   store_byte(p, x)         a byte on its own
//   load_between(rest, p, first, end)
//                             p[0], p[1], ... in lanes first to end, 0 <= first < end <= LANES, and the others of rest
//   first_of(v, rest, count)  the first count lanes of v, 1 to LANES, then those of rest
//   transpose(v)              of LANES vectors: lane i of vector j becomes lane j of vector i
//   add, subtract, multiply, divide, multiply_add(a, b, c) = a * b + c
//   larger(a, b)              NaN when either is NaN
//   larger_number(a, b)       b where a is NaN; b must not be
//   largest_lane(v)           v must hold no NaN
//   equal_lanes(a, b)         a bit per lane, the first lane's the lowest
//   relu(v), relu6(v)         NaN stays NaN
#ifndef HARDNET_CPU_SIMD_H
#define HARDNET_CPU_SIMD_H

#include "hardnet.h"

#include <stdint.h>

#define HN_ALWAYS_INLINE inline __attribute__((always_inline))
#define HN_INLINE static HN_ALWAYS_INLINE

#if defined(HN_VECTOR_TRACE)
#include "simd/vector_trace.h"
#elif defined(HN_VECTOR_AVX512)
#include "simd/vector_avx512.h"
#elif defined(HN_VECTOR_AVX2)
#include "simd/vector_avx2.h"
#elif defined(HN_VECTOR_NEON)
#include "simd/vector_neon.h"
#else
#include "simd/vector_portable.h"
#endif

#if defined(HN_BFLOAT16_MAPS)
#include "simd/bfloat16.h"
#endif

namespace hardnet::HN_TIER {
namespace {

#if defined(HN_BFLOAT16_MAPS)
typedef Bfloat16 Element;
#else
typedef float Element;
#endif

template <typename T> HN_INLINE T smaller_of(T a, T b) { return b < a ? b : a; }
template <typename T> HN_INLINE T larger_of(T a, T b) { return a < b ? b : a; }

HN_INLINE void store_one(float *p, float x) { *p = x; }

HN_INLINE int64_t divide_up(int64_t a, int64_t b) { return (a + b - 1) / b; }

HN_INLINE Vec activate(Vec v, int32_t activation) {
    return activation == HN_RELU ? relu(v) : activation == HN_RELU6 ? relu6(v) : v;
}

template <typename T> HN_INLINE Vec load_some(const T *p, int32_t count) {
    return count >= LANES ? load(p) : load_first(p, count);
}

template <typename T> HN_INLINE void store_some(T *p, Vec v, int32_t count) {
    if (count >= LANES) {
        store(p, v);
    } else {
        store_first(p, v, count);
    }
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
