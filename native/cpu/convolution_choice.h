// How a dense convolution is computed: directly, or by one of Winograd's transforms where they pay.
#ifndef HARDNET_CPU_CONVOLUTION_CHOICE_H
#define HARDNET_CPU_CONVOLUTION_CHOICE_H

#include "pixels.h"
#include "winograd_items.h"

namespace hardnet::HN_TIER {
namespace {

HN_INLINE bool winograd_computes(const hn_step &step) {
    return step.kind == HN_CONV && step.kernel_h == 3 && step.kernel_w == 3 && step.stride == 1 && step.dilation == 1;
}

// Costs are in multiply-adds of whole vectors. Reading a vector of weights takes as long as this many of them: from
// memory, because no cache keeps a network's weights from run to run; and again, from a cache. Weights of
// half the size take half as long.
constexpr double FIRST_READ_COST = 15.0 * sizeof(Element) / sizeof(float);
constexpr double NEXT_READ_COST = 5.0 * sizeof(Element) / sizeof(float);

// What each way takes, relative to the others, for the same cost: fitted to the times of the layers of five networks
// with one and with two threads, and where ways are nearly as fast in favour of the one that keeps fewer bytes.
constexpr double DIRECT_SHARE = 0.8;

HN_INLINE double direct_cost(const hn_step &step) {
    const double weights = 9.0 * step.in_c * vectors_of(step);
    return DIRECT_SHARE * weights * (static_cast<double>(pixels_of(step)) + FIRST_READ_COST);
}

template <typename F> HN_INLINE double winograd_cost(const hn_step &step) {
    const WinogradItems items = items_of<F>(step);
    const double weights = static_cast<double>(F::AREA) * step.in_c * vectors_of(step);
    const double tiles = static_cast<double>(TileGrid<F>(step).tiles);
    const double transforms = static_cast<double>(items.parts * input_vectors(step)) * F::INPUT_COST +
                              vectors_of(step) * F::OUTPUT_COST;
    const double ranges = static_cast<double>(items.ranges);
    const double reads = (FIRST_READ_COST + (ranges - 1) * NEXT_READ_COST) * F::SLICES * F::KEPT / F::AREA;
    return F::SHARE * (weights * (tiles + reads + ranges * F::EXPANSION_COST) + tiles * transforms);
}

// The choice is that for one picture, so that a picture's results do not depend on how many are computed together.
HN_INLINE int32_t cheapest_convolution(hn_step step) {
    step.n = 1;
    const double direct = direct_cost(step);
    const double winograd_2x2 = winograd_cost<Winograd2x2>(step);
    const double winograd_4x4 = winograd_cost<Winograd4x4>(step);
    if (direct <= smaller_of(winograd_2x2, winograd_4x4)) {
        return HN_DIRECT;
    }
    return winograd_2x2 <= winograd_4x4 ? HN_WINOGRAD_2X2 : HN_WINOGRAD_4X4;
}

HN_INLINE int32_t chosen_convolution(const hn_step &step) {
    if (!winograd_computes(step)) {
        return HN_DIRECT;
    }
    return step.convolution == HN_CHOSEN ? cheapest_convolution(step) : step.convolution;
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
