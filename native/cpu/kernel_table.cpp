// The kernels of the tier this file is compiled for.
#include "kernel.h"

namespace hardnet::HN_TIER {

extern const Kernel conv;
extern const Kernel depthwise_conv;
extern const Kernel conv_depthwise;
extern const Kernel max_pool;
extern const Kernel average_pool;
extern const Kernel global_average_pool;
extern const Kernel linear;
extern const Kernel resize;
extern const Kernel resize_arg_max;
extern const Kernel add_views;
extern const Kernel batch_norm_relu;
extern const Kernel l2_norm;
extern const Kernel sum_to_one;
extern const Kernel transposed_conv;
extern const Kernel winograd_conv_2x2;
extern const Kernel winograd_conv_4x4;

int64_t multiply_adds(int64_t rounds);
float sum(const float *data, int64_t count);
void write_rows(const hn_step &step, int64_t first, int64_t end, const float *planes);
void read_rows(const hn_step &step, int64_t first, int64_t end, float *planes);

static const Kernel *const kernels[] = {
    &winograd_conv_4x4, &winograd_conv_2x2, &conv, &depthwise_conv, &max_pool, &average_pool, &global_average_pool,
    &linear, &resize, &resize_arg_max, &add_views, &batch_norm_relu, &l2_norm, &sum_to_one, &transposed_conv,
    &conv_depthwise};

const KernelTable table = {kernels, sizeof(kernels) / sizeof(kernels[0]), multiply_adds, sum,
                           write_rows, read_rows};

} // namespace hardnet::HN_TIER
