// IEEE 754 binary16, converted by bits: rounding to nearest, ties to even.
#ifndef HARDNET_STANDIN_HALF_H
#define HARDNET_STANDIN_HALF_H

#include <cstdint>
#include <cstring>

namespace standin {

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

inline float half_to_float(uint16_t half) {
    const uint32_t sign = (half & 0x8000u) << 16;
    const uint32_t magnitude = (half & 0x7fffu) << 13;
    // The biases of the exponents differ by 112; multiplying also makes subnormal numbers normal.
    const uint32_t finite = bits_of(float_of(magnitude) * 0x1p112f);
    const uint32_t special = magnitude | 0x7f800000u;
    return float_of(sign | (magnitude >= 0x7c00u << 13 ? special : finite));
}

inline uint16_t float_to_half(float value) {
    const uint32_t sign = bits_of(value) >> 16 & 0x8000u;
    const uint32_t magnitude = bits_of(value) & 0x7fffffffu;
    uint32_t half;
    if (magnitude > 0x7f800000u) {
        half = 0x7fffu;
    } else if (magnitude >= 0x477ff000u) { // 65520, the least that rounds to infinity
        half = 0x7c00u;
    } else if (magnitude < 0x38800000u) { // 2^-14: adding 0.5 leaves the last place of a subnormal number
        half = bits_of(float_of(magnitude) + 0.5f) - bits_of(0.5f);
    } else {
        half = (magnitude + 0xfffu + (magnitude >> 13 & 1) - (112u << 23)) >> 13;
    }
    return static_cast<uint16_t>(sign | half);
}

} // namespace standin

#endif
