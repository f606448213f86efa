// The kernels for CUDA.
#include "kernels.h"

#define HN_GLOBAL_KERNEL(name, suffix, type, pack)                                                                     \
    extern "C" __global__ void __launch_bounds__(HN_BLOCK_THREADS)                                                     \
        hn_##name##_##suffix(const __grid_constant__ hn_params p) {                                                    \
        hn::name<type, pack>(p, hn::Block{blockIdx.x, blockIdx.y, blockIdx.z, gridDim.x});                             \
    }

HN_KERNELS(HN_GLOBAL_KERNEL)
