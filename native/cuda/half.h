// 16-bit floating point: CUDA's own, or for C++ storage with the same conversions.
#ifndef HN_CUDA_HALF_H
#define HN_CUDA_HALF_H

#include "device.h"

#if defined(__CUDACC__)

#include <cuda_fp16.h>

namespace hn {

using half = __half;

HN_DEVICE float to_float(half value) { return __half2float(value); }

HN_DEVICE half to_half(float value) { return __float2half_rn(value); }

} // namespace hn

#else

#include <string.h>

namespace hn {

// IEEE 754 binary16.
struct half {
    uint16_t bits;
};

inline uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

inline float float_of(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

inline float to_float(half value) {
    const uint32_t sign = (value.bits & 0x8000u) << 16;
    const uint32_t magnitude = (value.bits & 0x7fffu) << 13;
    if (magnitude >= 0x7c00u << 13) {
        return float_of(sign | 0x7f800000u | magnitude);
    }
    // The exponents' biases differ by 112; multiplying also makes subnormal numbers normal.
    return float_of(sign | bits_of(float_of(magnitude) * 0x1p112f));
}

// To the nearest, ties to even; NaN becomes the one that CUDA gives.
inline half to_half(float value) {
    const uint32_t sign = bits_of(value) >> 31 << 15;
    const uint32_t magnitude = bits_of(value) & 0x7fffffffu;
    uint32_t rounded;
    if (magnitude > 0x7f800000u) {
        return {0x7fff};
    } else if (magnitude >= 0x477ff000u) { // 65520, the least that rounds to infinity
        rounded = 0x7c00u;
    } else if (magnitude < 0x38800000u) { // 2^-14: subnormal; the last place of 0.5 is theirs
        rounded = bits_of(float_of(magnitude) + 0.5f) - bits_of(0.5f);
    } else {
        const uint32_t odd = magnitude >> 13 & 1;
        rounded = (magnitude + 0xfffu + odd - (112u << 23)) >> 13;
    }
    return {static_cast<uint16_t>(sign | rounded)};
}

} // namespace hn

#endif

namespace hn {

HN_DEVICE float to_float(float value) { return value; }

// The number as an element of a feature map.
template <typename T> HN_DEVICE T from_float(float value);
template <> HN_DEVICE float from_float<float>(float value) { return value; }
template <> HN_DEVICE half from_float<half>(float value) { return to_half(value); }

} // namespace hn

#endif
