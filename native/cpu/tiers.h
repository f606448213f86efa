// The instruction-set tiers this library holds, and which of them the processor can run.
#ifndef HARDNET_CPU_TIERS_H
#define HARDNET_CPU_TIERS_H

#include "kernel.h"

namespace hardnet {

bool tier_supported(int32_t tier);

// What the tier computes with, null when it is not supported.
const KernelTable *kernel_table(int32_t tier);

// What it computes with over maps of an hn_element. The tier must be supported.
const KernelTable &kernel_table(int32_t tier, int32_t element);

int32_t best_tier();

const char *tier_name(int32_t tier);

// The instruction sets the processor has, of those that matter here.
const char *processor();

// The kernel that computes the step over maps of its element, null when the tier has none. The tier must be supported.
const Kernel *find_kernel(int32_t tier, const hn_step &step);

// The kernel of HN_FLOAT32 over vectors that only tell where they are loaded and stored.
const Kernel *find_traced_kernel(int32_t tier, const hn_step &step);

} // namespace hardnet

#endif
