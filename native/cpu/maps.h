// The maps of a step, as the tier's elements.
#ifndef HARDNET_CPU_MAPS_H
#define HARDNET_CPU_MAPS_H

#include "kernel.h"
#include "simd.h"

namespace hardnet::HN_TIER {
namespace {

HN_INLINE const Element *map_of(const hn_segment &segment) { return static_cast<const Element *>(segment.data); }

HN_INLINE Element *output_of(const hn_step &step) { return static_cast<Element *>(step.output); }

} // namespace
} // namespace hardnet::HN_TIER

#endif
