// All kernels. HN_KERNELS(KERNEL) expands KERNEL(name, suffix, element type, channels of a pack) for each of them: the
// kernel hn_<name>_<suffix> is the function hn::<name><element type, channels of a pack> of <name>.cuh.
#ifndef HN_CUDA_KERNELS_H
#define HN_CUDA_KERNELS_H

#include "add.cuh"
#include "average_pool.cuh"
#include "conv.cuh"
#include "conv_narrow.cuh"
#include "conv_sum.cuh"
#include "conv_wide.cuh"
#include "depthwise_conv.cuh"
#include "global_average_pool.cuh"
#include "input.cuh"
#include "l2_norm.cuh"
#include "max_pool.cuh"
#include "norm.cuh"
#include "norm_of_four.cuh"
#include "output.cuh"
#include "picture.cuh"
#include "resize.cuh"
#include "resize_arg_max.cuh"
#include "softmax.cuh"
#include "sum_to_one.cuh"

#define HN_KERNEL_FORMS(KERNEL, name)                                                                                  \
    KERNEL(name, f32, float, 1)                                                                                        \
    KERNEL(name, f16, hn::half, 1)                                                                                     \
    KERNEL(name, f16x8, hn::half, 8)

#define HN_KERNELS(KERNEL)                                                                                             \
    HN_KERNEL_FORMS(KERNEL, add)                                                                                       \
    HN_KERNEL_FORMS(KERNEL, average_pool)                                                                              \
    HN_KERNEL_FORMS(KERNEL, conv)                                                                                      \
    HN_KERNEL_FORMS(KERNEL, conv_narrow)                                                                               \
    HN_KERNEL_FORMS(KERNEL, conv_sum)                                                                                  \
    HN_KERNEL_FORMS(KERNEL, conv_wide)                                                                                 \
    HN_KERNEL_FORMS(KERNEL, depthwise_conv)                                                                            \
    HN_KERNEL_FORMS(KERNEL, global_average_pool)                                                                       \
    HN_KERNEL_FORMS(KERNEL, input)                                                                                     \
    HN_KERNEL_FORMS(KERNEL, l2_norm)                                                                                   \
    HN_KERNEL_FORMS(KERNEL, max_pool)                                                                                  \
    HN_KERNEL_FORMS(KERNEL, norm)                                                                                      \
    KERNEL(norm_of_four, f32, float, 1)                                                                                \
    HN_KERNEL_FORMS(KERNEL, output)                                                                                    \
    HN_KERNEL_FORMS(KERNEL, picture)                                                                                   \
    HN_KERNEL_FORMS(KERNEL, resize)                                                                                    \
    HN_KERNEL_FORMS(KERNEL, resize_arg_max)                                                                            \
    HN_KERNEL_FORMS(KERNEL, softmax)                                                                                   \
    HN_KERNEL_FORMS(KERNEL, sum_to_one)

#endif
