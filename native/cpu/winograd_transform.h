// The transforms of Winograd's convolution F(m x m, 3 x 3): m x m outputs from (m + 2) x (m + 2) products, where the
// direct sum takes 9 m x m. Polynomials are evaluated at a few points and at infinity, multiplied there, and
// interpolated.
//
// Packed weights keep SLICES parts of a transformed kernel, each of KEPT values, from which the weights at its
// AREA / SLICES points are made: a slice is a point, or a row of points of which the three taps are kept.
#ifndef HARDNET_CPU_WINOGRAD_TRANSFORM_H
#define HARDNET_CPU_WINOGRAD_TRANSFORM_H

#include "kernel.h"
#include "simd.h"

namespace hardnet::HN_TIER {
namespace {

// How the weight at a point of a row is made: one kept value, and a factor times another.
struct Expansion {
    int base;
    int other;
    float factor;
};

// Points 0, 1, -1.
struct Winograd2x2 {
    static constexpr int32_t CONVOLUTION = HN_WINOGRAD_2X2;
    static constexpr int OUTPUTS = 2;
    static constexpr int POINTS = 4;
    static constexpr int64_t AREA = POINTS * POINTS;
    static constexpr int SLICES = POINTS * POINTS;
    static constexpr int KEPT = 1;
    static constexpr double INPUT_COST = 80; // in multiply-adds of whole vectors, per tile and vector
    static constexpr double OUTPUT_COST = 50;
    static constexpr double EXPANSION_COST = 0; // per weight at a point, and range of tiles
    static constexpr double SHARE = 0.9;        // see convolution_choice.h
    static constexpr double KERNEL[POINTS][3] = {{-1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
    static constexpr const double (&ROW)[POINTS][3] = KERNEL;

    static HN_ALWAYS_INLINE void input(const Vec (&d)[POINTS], Vec (&v)[POINTS]) {
        v[0] = subtract(d[2], d[0]);
        v[1] = add(d[2], d[1]);
        v[2] = subtract(d[2], d[1]);
        v[3] = subtract(d[3], d[1]);
    }

    static HN_ALWAYS_INLINE void output(const Vec (&m)[POINTS], Vec (&y)[OUTPUTS]) {
        y[0] = add(m[0], add(m[1], m[2]));
        y[1] = add(subtract(m[1], m[2]), m[3]);
    }
};

// Points 0, 5/8, -5/8, 3/2, -3/2. The usual 0, 1, -1, 2, -2 cost as much and lose three times as many digits; all
// constants of the input and the output are exact in float.
//
// Of a row with taps t0, t1, t2 the even parts t0 + A^2 t2 and t0 + B^2 t2 and the odd part t1 are kept: each point's
// weight is a multiply-add of two of them. For that the weights at 0 are -1/2 of those of the usual transform, those at
// infinity 1 / (2 B^2), which the output makes up for.
struct Winograd4x4 {
    static constexpr int32_t CONVOLUTION = HN_WINOGRAD_4X4;
    static constexpr int OUTPUTS = 4;
    static constexpr int POINTS = 6;
    static constexpr int64_t AREA = POINTS * POINTS;
    static constexpr int SLICES = POINTS;
    static constexpr int KEPT = 3;
    static constexpr double INPUT_COST = 200;
    static constexpr double OUTPUT_COST = 150;
    static constexpr double EXPANSION_COST = 2;
    static constexpr double SHARE = 1.1;
    static constexpr double A = 5.0 / 8;
    static constexpr double B = 3.0 / 2;
    static constexpr double SLOPE_0 = A * A * B * B;              // of x (x^2 - A^2) (x^2 - B^2) at 0
    static constexpr double SLOPE_A = 2 * A * A * (A * A - B * B); // and at A and -A
    static constexpr double SLOPE_B = 2 * B * B * (B * B - A * A);
    static constexpr double KERNEL[POINTS][3] = {{-0.5 / SLOPE_0, 0, 0},
                                                 {1 / SLOPE_A, A / SLOPE_A, A *A / SLOPE_A},
                                                 {1 / SLOPE_A, -A / SLOPE_A, A *A / SLOPE_A},
                                                 {1 / SLOPE_B, B / SLOPE_B, B *B / SLOPE_B},
                                                 {1 / SLOPE_B, -B / SLOPE_B, B *B / SLOPE_B},
                                                 {0, 0, 0.5 / (B * B)}};
    static constexpr double ROW[KEPT][3] = {
        {1 / SLOPE_A, 0, A *A / SLOPE_A}, {0, A / SLOPE_A / 0.75, 0}, {1 / SLOPE_B, 0, B *B / SLOPE_B}};
    static constexpr Expansion EXPANSIONS[POINTS] = {{0, 2, 1},        {0, 1, 0.75},   {0, 1, -0.75},
                                                     {2, 1, -0.3125f}, {2, 1, 0.3125f}, {2, 0, A *A / (B * B)}};

    static HN_ALWAYS_INLINE Vec times(double factor, Vec v, Vec term) {
        return multiply_add(broadcast(static_cast<float>(factor)), v, term);
    }

    static HN_ALWAYS_INLINE void input(const Vec (&d)[POINTS], Vec (&v)[POINTS]) {
        v[0] = times(A * A * B * B, d[0], times(-A * A - B * B, d[2], d[4]));
        const Vec even_a = times(-B * B, d[2], d[4]);
        const Vec odd_a = times(-B * B, d[1], d[3]);
        v[1] = times(A, odd_a, even_a);
        v[2] = times(-A, odd_a, even_a);
        const Vec even_b = times(-A * A, d[2], d[4]);
        const Vec odd_b = times(-A * A, d[1], d[3]);
        v[3] = times(B, odd_b, even_b);
        v[4] = times(-B, odd_b, even_b);
        v[5] = times(A * A * B * B, d[1], times(-A * A - B * B, d[3], d[5]));
    }

    static HN_ALWAYS_INLINE void output(const Vec (&m)[POINTS], Vec (&y)[OUTPUTS]) {
        const Vec even_a = add(m[1], m[2]);
        const Vec odd_a = subtract(m[1], m[2]);
        const Vec even_b = add(m[3], m[4]);
        const Vec odd_b = subtract(m[3], m[4]);
        y[0] = times(-2, m[0], add(even_a, even_b));
        y[1] = times(B, odd_b, multiply(broadcast(static_cast<float>(A)), odd_a));
        y[2] = times(B * B, even_b, multiply(broadcast(static_cast<float>(A * A)), even_a));
        const Vec at_infinity = multiply(broadcast(static_cast<float>(2 * B * B)), m[5]);
        y[3] = times(B * B * B, odd_b, times(A * A * A, odd_a, at_infinity));
    }
};

} // namespace
} // namespace hardnet::HN_TIER

#endif
