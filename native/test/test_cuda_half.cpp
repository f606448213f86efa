// The 16-bit floating point that C++ uses in place of CUDA's, against its definition.
#include "check.h"
#include "half.h"

#include <cmath>
#include <limits>
#include <random>

namespace {

// What the bits stand for, by the standard's formula.
double value_of(uint32_t bits) {
    const uint32_t exponent = bits >> 10 & 31;
    const double mantissa = bits & 1023;
    const double magnitude = exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25.0);
    return bits & 0x8000 ? -magnitude : magnitude;
}

// The magnitude's bits nearest to a magnitude, ties to even, by bisection over all of them.
uint32_t nearest_to(double magnitude) {
    uint32_t low = 0;
    uint32_t high = 0x7c00; // infinity, as if it were 65536
    while (high - low > 1) {
        const uint32_t middle = (low + high) / 2;
        (value_of(middle) <= magnitude ? low : high) = middle;
    }
    const double above = value_of(high) - magnitude;
    const double below = magnitude - value_of(low);
    return above < below || (above == below && low % 2 == 1) ? high : low;
}

void every_half_is_its_value_and_comes_back() {
    for (uint32_t bits = 0; bits < 0x10000; bits++) {
        const float value = hn::to_float(hn::half{static_cast<uint16_t>(bits)});
        const uint32_t magnitude = bits & 0x7fff;
        if (magnitude > 0x7c00) {
            CHECK(std::isnan(value), "%04x", bits);
            CHECK(std::isnan(hn::to_float(hn::to_half(value))), "%04x", bits);
        } else {
            const double wanted = magnitude < 0x7c00 ? value_of(bits) : std::copysign(INFINITY, value);
            CHECK(value == wanted && std::signbit(value) == (bits >= 0x8000), "%04x: %g", bits, value);
            CHECK(hn::to_half(value).bits == bits, "%04x: %04x", bits, hn::to_half(value).bits);
        }
    }
}

void check_rounding(float value) {
    const uint32_t magnitude = std::fabs(value) >= 65536 ? 0x7c00 : nearest_to(std::fabs(value));
    const uint32_t wanted = magnitude | (std::signbit(value) ? 0x8000u : 0);
    CHECK(hn::to_half(value).bits == wanted, "%a: %04x, not %04x", value, hn::to_half(value).bits, wanted);
}

void ties_and_their_neighbours_round_as_defined() {
    for (uint32_t bits = 0; bits < 0x7c00; bits++) {
        const float tie = static_cast<float>((value_of(bits) + value_of(bits + 1)) / 2);
        for (const float value : {std::nextafter(tie, 0.0f), tie, std::nextafter(tie, INFINITY)}) {
            check_rounding(value);
            check_rounding(-value);
        }
    }
}

void any_float_rounds_to_the_nearest() {
    std::mt19937 random(1);
    for (int i = 0; i < 200000; i++) {
        const float value = hn::float_of(static_cast<uint32_t>(random()));
        if (!std::isnan(value)) {
            check_rounding(value);
        }
    }
    check_rounding(std::numeric_limits<float>::denorm_min());
    check_rounding(std::numeric_limits<float>::max());
    check_rounding(INFINITY);
}

} // namespace

int main() {
    every_half_is_its_value_and_comes_back();
    ties_and_their_neighbours_round_as_defined();
    any_float_rounds_to_the_nearest();
    return exit_status();
}
