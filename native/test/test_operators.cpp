// Every operator in every tier against plain loops: test_operators [random cases per operator]
#include "check.h"
#include "operator_case.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace {

hn_step sizes_of(int32_t kind, int32_t n, int32_t in_c, int32_t in_h, int32_t in_w) {
    hn_step sizes = {};
    sizes.kind = kind;
    sizes.n = n;
    sizes.in_c = sizes.out_c = in_c;
    sizes.in_h = in_h;
    sizes.in_w = in_w;
    sizes.kernel = sizes.stride = sizes.dilation = 1;
    sizes.out_h = sizes.out_w = 1;
    return sizes;
}

// Returns whether the window fits into the padded map.
bool set_window(hn_step &sizes, int32_t kernel, int32_t stride, int32_t padding, int32_t dilation, bool round_up) {
    sizes.kernel = kernel;
    sizes.stride = stride;
    sizes.padding = padding;
    sizes.dilation = dilation;
    const int32_t extent = (kernel - 1) * dilation + 1;
    if (extent > sizes.in_h + 2 * padding || extent > sizes.in_w + 2 * padding) {
        return false;
    }
    sizes.out_h = output_size(sizes, sizes.in_h, round_up);
    sizes.out_w = output_size(sizes, sizes.in_w, round_up);
    return true;
}

bool same_bits(const std::vector<float> &a, const std::vector<float> &b) {
    return a.size() == b.size() && memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

void run(int32_t tier, const hn_step &step, int32_t threads, const OperatorCase &operation) {
    hn_program *program = nullptr;
    char message[300];
    const int32_t status = hn_program_create(tier, &step, 1, threads, &program, message, sizeof message);
    CHECK(status == HN_OK, "%s (%s)", message, operation.name().c_str());
    if (status == HN_OK) {
        hn_program_run(program);
        hn_program_destroy(program);
    }
}

void check_case(OperatorCase &operation) {
    const std::vector<double> expected = operation.expected();
    for (const int32_t tier : supported_tiers()) {
        const hn_step step = operation.step(tier);
        CHECK(hn_workspace_bytes(tier, &step, 2) == 0, "%s", operation.name().c_str());
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

std::vector<int32_t> split(int32_t channels, int32_t parts, Random &random) {
    std::vector<int32_t> split;
    for (; parts > 1 && channels > 1; parts--) {
        split.push_back(std::min(channels - 1, pick(random, 1, 1 + 2 * channels / parts)));
        channels -= split.back();
    }
    split.push_back(channels);
    return split;
}

// A random operator, small enough for plain loops.
bool random_sizes(int32_t kind, Random &random, hn_step &sizes) {
    sizes = sizes_of(kind, pick(random, 1, 3), pick(random, 1, 70), pick(random, 1, 17), pick(random, 1, 17));
    const bool pool = kind == HN_MAX_POOL || kind == HN_AVERAGE_POOL;
    sizes.activation = pool || kind == HN_GLOBAL_AVERAGE_POOL ? HN_NONE : pick(random, HN_NONE, HN_RELU6);
    if (kind == HN_CONV || kind == HN_LINEAR) {
        sizes.out_c = pick(random, 1, 120);
    }
    if (kind == HN_LINEAR) {
        sizes.n = pick(random, 1, 20);
        sizes.in_h = sizes.in_w = 1;
    }
    if (kind == HN_LINEAR || kind == HN_GLOBAL_AVERAGE_POOL) {
        return true;
    }
    const int32_t kernel = pick(random, 1, 4);
    const int32_t dilation = kind == HN_AVERAGE_POOL ? 1 : pick(random, 1, 2);
    const int32_t extent = (kernel - 1) * dilation + 1;
    const int32_t padding = pick(random, 0, pool ? std::min(kernel / 2, extent / 2) : extent);
    return set_window(sizes, kernel, pick(random, 1, 3), padding, dilation, pool && pick(random, 0, 1) == 1);
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
                 {1, 1, 1, 1, 1, 1, 0, 1, {1}},
                 {1, 2, 5, 3, 5, 1, 2, 1, {1, 1}},
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
                for (float *value = step.output; value < step.output + step.out_c; value++) {
                    *value = 0;
                }
                run(tier, step, 1, operation);
                for (const float value : operation.output()) {
                    CHECK(std::isnan(value), "tier %d, %s", tier, operation.name().c_str());
                }
            }
        }
    }
}

// Maps so large that a plain float sum would lose digits.
void long_means() {
    Random random(6);
    hn_step sizes = sizes_of(HN_GLOBAL_AVERAGE_POOL, 1, 5, 150, 170);
    OperatorCase operation(sizes, {3, 2}, random);
    const std::vector<double> expected = operation.expected();
    for (const int32_t tier : supported_tiers()) {
        run(tier, operation.step(tier), 1, operation);
        const double error = relative_error(operation.output(), expected);
        CHECK(error < 2e-7, "%g, tier %d", error, tier);
    }
}

} // namespace

int main(int count, char **arguments) {
    const int cases = count > 1 ? atoi(arguments[1]) : 100;
    for (int32_t kind = HN_CONV; kind <= HN_LINEAR; kind++) {
        random_cases(kind, cases);
    }
    chosen_convolutions();
    chosen_depthwise_convolutions();
    every_tail();
    not_a_number();
    long_means();
    return exit_status();
}
