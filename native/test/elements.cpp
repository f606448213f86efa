#include "elements.h"

#include "hardnet.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace {

// Of a number with this exponent, in units of 8 significant bits, fewer where it is subnormal.
int unit_exponent(int exponent) { return std::max(exponent - 8, -133); }

} // namespace

int element_bytes(int32_t element) { return element == HN_BFLOAT16 ? 2 : 4; }

float rounded_to(int32_t element, double value) {
    if (element != HN_BFLOAT16 || !std::isfinite(value)) {
        return static_cast<float>(value);
    }
    int exponent = 0;
    std::frexp(value, &exponent);
    const double units = std::nearbyint(std::ldexp(value, -unit_exponent(exponent)));
    return static_cast<float>(std::ldexp(units, unit_exponent(exponent)));
}

float element_at(const void *memory, int32_t element, int64_t index) {
    if (element != HN_BFLOAT16) {
        return static_cast<const float *>(memory)[index];
    }
    const uint32_t bits = static_cast<uint32_t>(static_cast<const uint16_t *>(memory)[index]) << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void set_element(void *memory, int32_t element, int64_t index, float value) {
    if (element != HN_BFLOAT16) {
        static_cast<float *>(memory)[index] = value;
        return;
    }
    const float rounded = rounded_to(element, value);
    uint32_t bits;
    memcpy(&bits, &rounded, sizeof bits);
    static_cast<uint16_t *>(memory)[index] = static_cast<uint16_t>(bits >> 16);
}
