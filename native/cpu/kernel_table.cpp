// The kernels of the tier this file is compiled for.
#include "kernel.h"

namespace hardnet::HN_TIER {

extern const Kernel conv;
extern const Kernel depthwise_conv;
extern const Kernel max_pool;
extern const Kernel average_pool;
extern const Kernel global_average_pool;
extern const Kernel linear;

static const Kernel *const kernels[] = {&conv,         &depthwise_conv,      &max_pool,
                                        &average_pool, &global_average_pool, &linear};

const KernelTable table = {kernels, sizeof(kernels) / sizeof(kernels[0])};

} // namespace hardnet::HN_TIER
