#include "random_sizes.h"

#include <algorithm>

bool set_output(hn_step &sizes, bool round_up) {
    if ((sizes.kernel_h - 1) * sizes.dilation >= sizes.in_h + 2 * sizes.padding_h ||
        (sizes.kernel_w - 1) * sizes.dilation >= sizes.in_w + 2 * sizes.padding_w) {
        return false;
    }
    sizes.out_h = output_size(sizes, sizes.in_h, sizes.kernel_h, sizes.padding_h, round_up);
    sizes.out_w = output_size(sizes, sizes.in_w, sizes.kernel_w, sizes.padding_w, round_up);
    return true;
}

bool set_window(hn_step &sizes, int32_t kernel, int32_t stride, int32_t padding, int32_t dilation, bool round_up) {
    sizes.kernel_h = sizes.kernel_w = kernel;
    sizes.stride = stride;
    sizes.padding_h = sizes.padding_w = padding;
    sizes.dilation = dilation;
    return set_output(sizes, round_up);
}

namespace {

int32_t random_activation(int32_t kind, Random &random) {
    const bool has = kind == HN_CONV || kind == HN_DEPTHWISE_CONV || kind == HN_LINEAR || kind == HN_ADD ||
                     kind == HN_TRANSPOSED_CONV || kind == HN_CONV_DEPTHWISE;
    return has ? pick(random, HN_NONE, HN_RELU6) : HN_NONE;
}

bool random_window(hn_step &sizes, Random &random) {
    const bool pool = sizes.kind == HN_MAX_POOL || sizes.kind == HN_AVERAGE_POOL;
    const int32_t kernel = pick(random, 1, sizes.kind == HN_AVERAGE_POOL ? 10 : 4);
    const int32_t dilation = sizes.kind == HN_AVERAGE_POOL ? 1 : pick(random, 1, 2);
    const int32_t extent = (kernel - 1) * dilation + 1;
    const int32_t padding = pick(random, 0, pool ? std::min(kernel / 2, extent / 2) : extent);
    return set_window(sizes, kernel, pick(random, 1, 3), padding, dilation, pool && pick(random, 0, 1) == 1);
}

// Any part of what a transposed convolution makes.
bool random_transposed(hn_step &sizes, Random &random) {
    sizes.in_h = pick(random, 1, 6);
    sizes.in_w = pick(random, 1, 6);
    sizes.out_c = pick(random, 1, 70);
    sizes.kernel_h = sizes.kernel_w = pick(random, 1, 5);
    sizes.stride = pick(random, 1, 4);
    sizes.padding_h = sizes.padding_w = pick(random, 0, 3);
    const int32_t height = (sizes.in_h - 1) * sizes.stride + sizes.kernel_h - sizes.padding_h;
    const int32_t width = (sizes.in_w - 1) * sizes.stride + sizes.kernel_h - sizes.padding_h;
    sizes.out_h = pick(random, 1, std::max(1, height));
    sizes.out_w = pick(random, 1, std::max(1, width));
    return height > 0 && width > 0;
}

} // namespace

bool random_sizes(int32_t kind, Random &random, hn_step &sizes) {
    sizes = sizes_of(kind, pick(random, 1, 3), pick(random, 1, 70), pick(random, 1, 17), pick(random, 1, 17));
    sizes.activation = random_activation(kind, random);
    switch (kind) {
    case HN_LINEAR:
        sizes.out_c = pick(random, 1, 120);
        sizes.n = pick(random, 1, 20);
        sizes.in_h = sizes.in_w = sizes.out_h = sizes.out_w = 1;
        return true;
    case HN_GLOBAL_AVERAGE_POOL:
        sizes.out_h = sizes.out_w = 1;
        return true;
    case HN_RESIZE:
        sizes.out_h = pick(random, 1, 40);
        sizes.out_w = pick(random, 1, 40);
        return true;
    case HN_ADD:
        sizes.in_c *= 2;
        return true;
    case HN_BATCH_NORM_RELU:
        sizes.output_count = pick(random, 1, 4);
        return true;
    case HN_L2_NORM:
    case HN_SUM_TO_ONE:
        return true;
    case HN_TRANSPOSED_CONV:
        return random_transposed(sizes, random);
    case HN_CONV_DEPTHWISE:
        sizes.out_c = pick(random, 1, 120);
        sizes.inner_activation = pick(random, HN_NONE, HN_RELU6);
        return set_window(sizes, 3, pick(random, 1, 2), pick(random, 0, 1), 1, false);
    default:
        sizes.out_c = kind == HN_CONV ? pick(random, 1, 120) : sizes.in_c;
        return random_window(sizes, random);
    }
}
