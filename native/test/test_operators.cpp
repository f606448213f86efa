// Every operator in every tier against plain loops: test_operators [random cases per operator]
#include "check.h"
#include "operator_case.h"
#include "random_sizes.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace {

void run(int32_t tier, const hn_step &step, int32_t threads, const OperatorCase &operation) {
    run_step(tier, step, threads, operation.name());
}

void check_case(OperatorCase &operation, int32_t convolution = HN_CHOSEN) {
    const std::vector<double> expected = operation.expected();
    for (const int32_t tier : supported_tiers()) {
        const hn_step step = operation.step(tier, convolution);
        operation.clear_output();
        run(tier, step, 1, operation);
        const std::vector<float> once = operation.output();
        const double error = relative_error(once, expected);
        CHECK(error <= 1e-5, "%g, tier %d, %s", error, tier, operation.name().c_str());
        CHECK(operation.gaps_untouched(), "tier %d, %s", tier, operation.name().c_str());
        operation.clear_output();
        run(tier, step, 2, operation);
        CHECK(same_bits(once, operation.output()), "tier %d, %s", tier, operation.name().c_str());
    }
}

void random_cases(int32_t kind, int cases) {
    Random random(static_cast<uint32_t>(kind) + 1);
    for (int i = 0; i < cases; i++) {
        hn_step sizes;
        if (random_sizes(kind, random, sizes)) {
            OperatorCase operation(sizes, split(sizes.in_c, pick(random, 1, 5), random), random);
            check_case(operation);
        }
    }
}

// Shapes that the networks have, and the edges of tiles and vectors.
void chosen_convolutions() {
    const struct {
        int32_t n, in_c, size, out_c, kernel, stride, padding, dilation;
        std::vector<int32_t> segments;
    } cases[] = {{1, 3, 18, 32, 3, 2, 1, 1, {3}},
                 {1, 78, 14, 24, 3, 1, 1, 1, {14, 64}},
                 {2, 40, 7, 160, 3, 1, 1, 1, {16, 10, 14}},
                 {1, 142, 9, 68, 3, 1, 1, 1, {40, 24, 14, 64}},
                 {1, 54, 10, 134, 1, 1, 0, 1, {20, 34}},
                 {3, 30, 1, 1000, 1, 1, 0, 1, {30}},
                 {1, 16, 12, 10, 3, 1, 6, 6, {16}},
                 {1, 32, 9, 20, 3, 1, 4, 4, {12, 20}},
                 {1, 1, 1, 1, 1, 1, 0, 1, {1}},
                 {1, 2, 5, 3, 5, 1, 2, 1, {1, 1}},
                 {1, 3, 23, 64, 7, 2, 3, 1, {3}},
                 {2, 24, 8, 33, 4, 1, 1, 1, {20, 4}},
                 {1, 12, 3, 9, 3, 1, 0, 1, {12}},
                 {1, 20, 5, 16, 3, 2, 0, 1, {20}},
                 {1, 1030, 3, 17, 1, 1, 0, 1, {1030}},
                 {1, 2100, 2, 5, 3, 1, 1, 1, {2060, 40}},
                 {1, 4, 6, 49, 2, 2, 0, 1, {4}}};
    Random random(99);
    for (const auto &it : cases) {
        hn_step sizes = sizes_of(HN_CONV, it.n, it.in_c, it.size, it.size);
        sizes.out_c = it.out_c;
        sizes.activation = HN_RELU;
        CHECK(set_window(sizes, it.kernel, it.stride, it.padding, it.dilation, false), "in_c %d", it.in_c);
        OperatorCase operation(sizes, it.segments, random);
        check_case(operation);
    }
}

// Every size of window, with and without padding, over maps that it fills or nearly.
void every_kernel() {
    Random random(96);
    for (const int32_t kind : {HN_CONV, HN_DEPTHWISE_CONV, HN_MAX_POOL, HN_AVERAGE_POOL}) {
        for (int32_t kernel = 1; kernel <= 9; kernel++) {
            for (const int32_t padding : {0, kernel / 2}) {
                hn_step sizes = sizes_of(kind, 1, 21, 10, 9);
                sizes.out_c = kind == HN_CONV ? 35 : 21;
                CHECK(set_window(sizes, kernel, 1 + kernel % 2, padding, 1, false), "kernel %d", kernel);
                OperatorCase operation(sizes, {4, 17}, random);
                check_case(operation);
            }
        }
    }
}

// Kernels and paddings with other numbers of rows than of columns.
void rectangular_convolutions() {
    const struct {
        int32_t kernel_h, kernel_w, stride, padding_h, padding_w, dilation;
    } cases[] = {{1, 3, 1, 0, 1, 1}, {3, 1, 1, 1, 0, 1}, {3, 1, 2, 1, 0, 1}, {1, 7, 1, 0, 3, 1}, {5, 2, 1, 0, 2, 2},
                 {2, 4, 3, 3, 0, 1}, {1, 1, 1, 2, 0, 1}, {3, 3, 1, 0, 2, 1}, {1, 11, 2, 0, 0, 1}, {9, 1, 1, 0, 0, 1}};
    Random random(92);
    for (const auto &it : cases) {
        for (const int32_t out_c : {5, 60, 80}) {
            hn_step sizes = sizes_of(HN_CONV, 2, 40, 9, 11);
            sizes.out_c = out_c;
            sizes.activation = HN_RELU;
            sizes.kernel_h = it.kernel_h;
            sizes.kernel_w = it.kernel_w;
            sizes.stride = it.stride;
            sizes.padding_h = it.padding_h;
            sizes.padding_w = it.padding_w;
            sizes.dilation = it.dilation;
            CHECK(set_output(sizes, false), "kernel %d x %d", it.kernel_h, it.kernel_w);
            OperatorCase operation(sizes, {33, 7}, random);
            check_case(operation);
        }
    }
}

// Large windows share the sums of their columns, in maps of any width, those that they cover too.
void large_average_pools() {
    Random random(95);
    for (const int32_t kernel : {4, 9, 16, 17}) {
        for (const int32_t stride : {1, 2, 4, 5}) {
            for (const int32_t width : {2, 9, 33}) {
                hn_step sizes = sizes_of(HN_AVERAGE_POOL, 2, 23, 11, width);
                if (set_window(sizes, kernel, stride, kernel / 2, 1, stride == 2)) {
                    OperatorCase operation(sizes, {18, 5}, random);
                    check_case(operation);
                }
            }
        }
    }
}

// The shapes of the networks: by a little less than two, to an odd size, to one pixel, from one, and down.
void chosen_resizes() {
    const struct {
        int32_t in_h, in_w, out_h, out_w;
    } cases[] = {{4, 8, 8, 16}, {8, 8, 15, 17}, {5, 7, 1, 1}, {1, 1, 6, 5},
                 {9, 9, 9, 9},  {12, 3, 5, 2},  {2, 2, 64, 3}};
    Random random(94);
    for (const auto &it : cases) {
        hn_step sizes = sizes_of(HN_RESIZE, 2, 67, it.in_h, it.in_w);
        sizes.out_h = it.out_h;
        sizes.out_w = it.out_w;
        OperatorCase operation(sizes, {48, 19}, random);
        check_case(operation);
    }
}

// Winograd's transforms over maps of one tile, of whole tiles, and of a pixel more or less, with and without borders.
void winograd_convolutions() {
    const struct {
        int32_t n, in_c, in_h, in_w, out_c, padding, activation;
        std::vector<int32_t> segments;
    } cases[] = {{1, 1, 3, 3, 1, 0, HN_NONE, {1}},
                 {1, 16, 4, 4, 16, 1, HN_RELU, {16}},
                 {1, 17, 8, 12, 33, 1, HN_RELU6, {16, 1}},
                 {3, 31, 5, 7, 20, 1, HN_RELU, {5, 26}},
                 {2, 54, 13, 11, 14, 1, HN_RELU, {14, 7, 1, 1, 31}},
                 {1, 24, 1, 1, 40, 1, HN_NONE, {24}},
                 {1, 9, 1, 50, 12, 1, HN_RELU, {3, 3, 3}},
                 {1, 20, 37, 2, 18, 2, HN_RELU6, {4, 16}},
                 {2, 6, 10, 9, 5, 4, HN_NONE, {2, 4}},
                 {1, 8, 30, 70, 3, 0, HN_RELU, {8}},
                 {1, 300, 9, 9, 90, 1, HN_RELU, {60, 128, 112}},
                 {1, 275, 5, 6, 50, 1, HN_RELU, {130, 145}},
                 {1, 97, 40, 40, 16, 1, HN_RELU, {97}},
                 {4, 1100, 7, 7, 35, 1, HN_RELU, {1000, 100}}};
    Random random(91);
    for (const auto &it : cases) {
        hn_step sizes = sizes_of(HN_CONV, it.n, it.in_c, it.in_h, it.in_w);
        sizes.out_c = it.out_c;
        sizes.activation = it.activation;
        CHECK(set_window(sizes, 3, 1, it.padding, 1, false), "in_c %d", it.in_c);
        OperatorCase operation(sizes, it.segments, random);
        check_case(operation, HN_WINOGRAD_2X2);
        check_case(operation, HN_WINOGRAD_4X4);
        check_case(operation, HN_DIRECT);
    }
}

void random_winograd_convolutions(int cases) {
    Random random(90);
    for (int i = 0; i < cases; i++) {
        hn_step sizes = sizes_of(HN_CONV, pick(random, 1, 3), pick(random, 1, 70), pick(random, 1, 17),
                                 pick(random, 1, 17));
        sizes.out_c = pick(random, 1, 120);
        sizes.activation = pick(random, HN_NONE, HN_RELU6);
        if (set_window(sizes, 3, 1, pick(random, 0, 2), 1, false)) {
            OperatorCase operation(sizes, split(sizes.in_c, pick(random, 1, 5), random), random);
            check_case(operation, i % 2 == 0 ? HN_WINOGRAD_2X2 : HN_WINOGRAD_4X4);
        }
    }
}

// What Winograd's transforms cannot compute is computed directly, to the bit.
void convolutions_winograd_cannot_compute() {
    const struct {
        int32_t kernel, stride, padding, dilation;
    } cases[] = {{1, 1, 0, 1}, {3, 2, 1, 1}, {3, 1, 2, 2}, {5, 1, 2, 1}};
    Random random(89);
    for (const auto &it : cases) {
        hn_step sizes = sizes_of(HN_CONV, 1, 30, 11, 10);
        sizes.out_c = 20;
        CHECK(set_window(sizes, it.kernel, it.stride, it.padding, it.dilation, false), "kernel %d", it.kernel);
        OperatorCase operation(sizes, {10, 20}, random);
        for (const int32_t tier : supported_tiers()) {
            run(tier, operation.step(tier, HN_DIRECT), 1, operation);
            const std::vector<float> direct = operation.output();
            operation.clear_output();
            run(tier, operation.step(tier, HN_WINOGRAD_4X4), 1, operation);
            CHECK(same_bits(direct, operation.output()), "tier %d, %s", tier, operation.name().c_str());
        }
    }
}

// As PyTorch users have them: doubling, with an output padding, and a stride that leaves outputs without any tap.
void chosen_transposed_convolutions() {
    const struct {
        int32_t in_c, size, out_c, kernel, stride, padding, out;
    } cases[] = {{40, 7, 24, 4, 2, 1, 14}, {17, 5, 33, 3, 2, 1, 10}, {8, 6, 19, 2, 2, 0, 12},
                 {5, 3, 70, 3, 1, 0, 5},   {6, 4, 10, 2, 5, 1, 16},  {30, 2, 50, 5, 4, 2, 7}};
    Random random(93);
    for (const auto &it : cases) {
        hn_step sizes = sizes_of(HN_TRANSPOSED_CONV, 2, it.in_c, it.size, it.size);
        sizes.out_c = it.out_c;
        sizes.kernel_h = sizes.kernel_w = it.kernel;
        sizes.stride = it.stride;
        sizes.padding_h = sizes.padding_w = it.padding;
        sizes.out_h = sizes.out_w = it.out;
        sizes.activation = HN_RELU;
        OperatorCase operation(sizes, {1, it.in_c - 1}, random);
        check_case(operation);
    }
}

// A convolution with a depthwise one behind it gives what both give as two steps, to the bit.
void check_halves(OperatorCase &operation) {
    for (const int32_t tier : supported_tiers()) {
        const hn_step step = operation.step(tier);
        const std::vector<float> expected = operation.output_of_halves(tier);
        for (const int32_t threads : {1, 3}) {
            operation.clear_output();
            run(tier, step, threads, operation);
            CHECK(same_bits(expected, operation.output()), "tier %d, %s", tier, operation.name().c_str());
        }
    }
}

void random_halves(int cases) {
    Random random(88);
    for (int i = 0; i < cases; i++) {
        hn_step sizes = sizes_of(HN_CONV_DEPTHWISE, pick(random, 1, 2), pick(random, 1, 70), pick(random, 1, 40),
                                 pick(random, 1, 40));
        sizes.out_c = pick(random, 1, 120);
        sizes.activation = pick(random, HN_NONE, HN_RELU6);
        sizes.inner_activation = pick(random, HN_NONE, HN_RELU6);
        if (set_window(sizes, 3, pick(random, 1, 2), pick(random, 0, 1), 1, false)) {
            OperatorCase operation(sizes, split(sizes.in_c, pick(random, 1, 5), random), random);
            check_halves(operation);
        }
    }
}

// The networks' shapes, cut into strips and blocks, whole and with rests, and maps smaller than the window.
void chosen_halves() {
    const struct {
        int32_t n, in_c, in_h, in_w, out_c, stride, padding;
    } cases[] = {{1, 24, 112, 112, 48, 2, 1}, {1, 48, 56, 56, 16, 1, 1},  {2, 54, 56, 57, 26, 1, 1},
                 {1, 78, 56, 56, 96, 2, 1},   {1, 172, 28, 28, 20, 1, 1}, {2, 282, 28, 28, 132, 1, 1},
                 {1, 328, 14, 14, 102, 1, 1}, {2, 640, 7, 7, 160, 1, 1},  {1, 50, 9, 300, 33, 2, 0},
                 {1, 20, 1, 1, 40, 1, 1},     {3, 20, 2, 1, 17, 2, 1},    {1, 9, 61, 3, 49, 1, 0},
                 {1, 1100, 30, 5, 5, 1, 1},   {2, 60, 14, 14, 96, 1, 1},  {2, 70, 14, 15, 160, 2, 1}};
    Random random(87);
    for (const auto &it : cases) {
        hn_step sizes = sizes_of(HN_CONV_DEPTHWISE, it.n, it.in_c, it.in_h, it.in_w);
        sizes.out_c = it.out_c;
        sizes.inner_activation = HN_RELU6;
        CHECK(set_window(sizes, 3, it.stride, it.padding, 1, false), "in_c %d", it.in_c);
        OperatorCase operation(sizes, {it.in_c / 2, it.in_c - it.in_c / 2}, random);
        check_halves(operation);
    }
}

// Rows longer than a depthwise kernel takes at once, and maps smaller than its window.
void chosen_depthwise_convolutions() {
    Random random(98);
    for (const int32_t stride : {1, 2}) {
        for (const int32_t width : {1, 2, 3, 31, 32, 33, 70, 97}) {
            for (const int32_t padding : {0, 1, 2}) {
                hn_step sizes = sizes_of(HN_DEPTHWISE_CONV, 2, 37, std::max(1, 4 - padding), width);
                sizes.activation = HN_RELU6;
                if (set_window(sizes, 3, stride, padding, 1, false)) {
                    OperatorCase operation(sizes, {16, 7, 14}, random);
                    check_case(operation);
                }
            }
        }
    }
}

// Every number of output channels and of pixels up to two of the largest tiles.
void every_tail() {
    Random random(7);
    for (int32_t count = 1; count <= 33; count++) {
        hn_step sizes = sizes_of(HN_CONV, 1, 3, 1, count);
        sizes.out_c = 4 * count - 1;
        CHECK(set_window(sizes, 1, 1, 0, 1, false), "count %d", count);
        OperatorCase operation(sizes, {1, 2}, random);
        check_case(operation);
    }
}

// What an activation, a pool, makes of NaN: NaN, wherever the window holds one.
void not_a_number() {
    Random random(5);
    for (const int32_t kind : {HN_MAX_POOL, HN_AVERAGE_POOL, HN_GLOBAL_AVERAGE_POOL, HN_CONV, HN_DEPTHWISE_CONV}) {
        for (const int32_t place : {0, 1, 2, 3}) {
            hn_step sizes = sizes_of(kind, 1, 21, 2, 2);
            sizes.out_h = sizes.out_w = 1;
            if (kind != HN_GLOBAL_AVERAGE_POOL) {
                set_window(sizes, 2, 2, 0, 1, false);
            }
            sizes.activation = kind == HN_CONV ? HN_RELU6 : kind == HN_DEPTHWISE_CONV ? HN_RELU : HN_NONE;
            OperatorCase operation(sizes, {21}, random);
            for (int32_t c = 0; c < sizes.in_c; c++) {
                operation.set_input(0, place / 2, place % 2, c, std::numeric_limits<float>::quiet_NaN());
            }
            for (const int32_t tier : supported_tiers()) {
                const hn_step step = operation.step(tier);
                float *output = static_cast<float *>(step.output);
                std::fill(output, output + step.out_c, 0.0f);
                run(tier, step, 1, operation);
                for (const float value : operation.output()) {
                    CHECK(std::isnan(value), "tier %d, %s", tier, operation.name().c_str());
                }
            }
        }
    }
}

// The operators that read one pixel of a channel for one of the output pass its NaN on.
void not_a_number_in_a_pixel() {
    Random random(4);
    for (const int32_t kind : {HN_RESIZE, HN_ADD, HN_BATCH_NORM_RELU, HN_L2_NORM, HN_SUM_TO_ONE, HN_TRANSPOSED_CONV,
                               HN_CONV_DEPTHWISE}) {
        hn_step sizes = sizes_of(kind, 1, 22, 1, 1);
        sizes.out_c = kind == HN_ADD ? 11 : 22;
        sizes.activation = kind == HN_ADD || kind == HN_TRANSPOSED_CONV ? HN_RELU6 : HN_NONE;
        if (kind == HN_CONV_DEPTHWISE) {
            sizes.activation = sizes.inner_activation = HN_RELU6;
            CHECK(set_window(sizes, 3, 1, 1, 1, false), "kernel 3");
        }
        OperatorCase operation(sizes, {9, 13}, random);
        for (int32_t c = 0; c < sizes.in_c; c++) {
            operation.set_input(0, 0, 0, c, std::numeric_limits<float>::quiet_NaN());
        }
        for (const int32_t tier : supported_tiers()) {
            const hn_step step = operation.step(tier);
            float *output = static_cast<float *>(step.output);
            std::fill(output, output + step.out_c, 0.0f);
            run(tier, step, 1, operation);
            for (const float value : operation.output()) {
                CHECK(std::isnan(value), "tier %d, %s", tier, operation.name().c_str());
            }
        }
    }
}

// A pixel of zeros stays one.
void l2_norm_of_zeros() {
    Random random(3);
    OperatorCase operation(sizes_of(HN_L2_NORM, 1, 19, 1, 1), {19}, random);
    for (int32_t c = 0; c < 19; c++) {
        operation.set_input(0, 0, 0, c, 0);
    }
    for (const int32_t tier : supported_tiers()) {
        operation.clear_output();
        run(tier, operation.step(tier), 1, operation);
        CHECK(operation.output() == std::vector<float>(19), "tier %d", tier);
    }
}

// Maps so large that a plain float sum would lose digits.
void long_sums() {
    Random random(6);
    for (const int32_t kind : {HN_GLOBAL_AVERAGE_POOL, HN_SUM_TO_ONE, HN_AVERAGE_POOL}) {
        hn_step sizes = sizes_of(kind, 1, 5, 150, 170);
        sizes.out_h = kind == HN_GLOBAL_AVERAGE_POOL ? 1 : 150;
        sizes.out_w = kind == HN_GLOBAL_AVERAGE_POOL ? 1 : 170;
        sizes.kernel_h = sizes.kernel_w = kind == HN_AVERAGE_POOL ? 9 : 1;
        sizes.padding_h = sizes.padding_w = kind == HN_AVERAGE_POOL ? 4 : 0;
        OperatorCase operation(sizes, {3, 2}, random);
        const std::vector<double> expected = operation.expected();
        for (const int32_t tier : supported_tiers()) {
            run(tier, operation.step(tier), 1, operation);
            const double error = relative_error(operation.output(), expected);
            CHECK(error < 2e-7, "%g, tier %d, %s", error, tier, operation.name().c_str());
        }
    }
}

} // namespace

int main(int count, char **arguments) {
    const int cases = count > 1 ? atoi(arguments[1]) : 100;
    for (int32_t kind = HN_CONV; kind <= HN_CONV_DEPTHWISE; kind++) {
        if (kind != HN_RESIZE_ARG_MAX) { // test_arg_max
            random_cases(kind, cases);
        }
    }
    chosen_convolutions();
    every_kernel();
    rectangular_convolutions();
    large_average_pools();
    winograd_convolutions();
    random_winograd_convolutions(cases);
    convolutions_winograd_cannot_compute();
    chosen_resizes();
    chosen_transposed_convolutions();
    chosen_depthwise_convolutions();
    random_halves(cases);
    chosen_halves();
    every_tail();
    not_a_number();
    not_a_number_in_a_pixel();
    l2_norm_of_zeros();
    long_sums();
    return exit_status();
}
