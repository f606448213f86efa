// The arg-max of a resize, against the resize itself: test_arg_max [random cases]
#include "check.h"
#include "operator_case.h"

#include <cstdlib>
#include <limits>

namespace {

constexpr float NOT_A_NUMBER = std::numeric_limits<float>::quiet_NaN();
constexpr float INFINITE = std::numeric_limits<float>::infinity();

// The index of the largest of each pixel's channels, by a plain loop over what the resize of the same tier computes.
std::vector<float> expected(int32_t tier, hn_step step, const std::string &name) {
    step.kind = HN_RESIZE;
    step.out_c = step.in_c;
    std::vector<float> resized(static_cast<size_t>(step.n) * step.out_h * step.out_w * step.in_c);
    step.output = resized.data();
    step.output_stride = step.in_c;
    run_step(tier, step, 1, name);
    std::vector<float> indexes;
    for (const float *pixel = resized.data(); pixel < resized.data() + resized.size(); pixel += step.in_c) {
        int32_t index = 0;
        float largest = -std::numeric_limits<float>::infinity();
        for (int32_t c = 0; c < step.in_c; c++) {
            index = pixel[c] > largest ? c : index;
            largest = pixel[c] > largest ? pixel[c] : largest;
        }
        indexes.push_back(static_cast<float>(index));
    }
    return indexes;
}

void check_case(OperatorCase &operation) {
    for (const int32_t tier : supported_tiers()) {
        const hn_step step = operation.step(tier);
        const std::vector<float> indexes = expected(tier, step, operation.name());
        for (const int32_t threads : {1, 2, 3}) {
            operation.clear_output();
            run_step(tier, step, threads, operation.name());
            CHECK(operation.output() == indexes, "tier %d, %s", tier, operation.name().c_str());
            CHECK(operation.gaps_untouched(), "tier %d, %s", tier, operation.name().c_str());
        }
    }
}

hn_step sizes_of(int32_t n, int32_t channels, int32_t in_h, int32_t in_w, int32_t out_h, int32_t out_w) {
    hn_step sizes = sizes_of(HN_RESIZE_ARG_MAX, n, channels, in_h, in_w);
    sizes.out_c = 1;
    sizes.out_h = out_h;
    sizes.out_w = out_w;
    return sizes;
}

void random_cases(int cases) {
    Random random(1);
    for (int i = 0; i < cases; i++) {
        const int32_t channels = pick(random, 1, 70);
        const hn_step sizes = sizes_of(pick(random, 1, 2), channels, pick(random, 1, 12), pick(random, 1, 12),
                                       pick(random, 1, 40), pick(random, 1, 40));
        OperatorCase operation(sizes, split(sizes.in_c, pick(random, 1, 4), random), random);
        check_case(operation);
    }
}

// As many channels as an index can tell apart, and the numbers at which vectors are full.
void chosen_channels() {
    Random random(2);
    for (const int32_t channels : {1, 4, 8, 15, 16, 17, 19, 32, 33, 255, 256}) {
        OperatorCase operation(sizes_of(1, channels, 3, 4, 9, 13), split(channels, 2, random), random);
        check_case(operation);
    }
}

// Few different values: many channels are the largest, and the first of them is meant.
void ties() {
    Random random(3);
    for (const int32_t channels : {2, 19, 40}) {
        OperatorCase operation(sizes_of(1, channels, 4, 4, 10, 7), split(channels, 3, random), random);
        for (int32_t i = 0; i < 16 * channels; i++) {
            operation.set_input(0, i % 16 / 4, i % 4, i / 16, static_cast<float>(pick(random, -1, 0)));
        }
        check_case(operation);
    }
}

// All pixels hold the same; the index is the value's place.
void check_pixel(const std::vector<float> &values, float index) {
    Random random(4);
    const int32_t channels = static_cast<int32_t>(values.size());
    OperatorCase operation(sizes_of(1, channels, 2, 2, 3, 3), {channels}, random);
    for (int32_t i = 0; i < 4 * channels; i++) {
        operation.set_input(0, i % 4 / 2, i % 2, i / 4, values[static_cast<size_t>(i / 4)]);
    }
    for (const int32_t tier : supported_tiers()) {
        operation.clear_output();
        run_step(tier, operation.step(tier), 1, operation.name());
        CHECK(operation.output() == std::vector<float>(9, index), "tier %d, index %g", tier, index);
    }
}

void not_a_number_is_never_the_largest() {
    check_pixel({NOT_A_NUMBER, -3, NOT_A_NUMBER, -2, -2}, 3);
    check_pixel({-1, NOT_A_NUMBER}, 0);
    check_pixel({NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER}, 0);
    check_pixel({-2, -2, -2, -2, -2, -2, -2}, 0);
    check_pixel({NOT_A_NUMBER, -INFINITE, NOT_A_NUMBER}, 0);
    check_pixel({NOT_A_NUMBER, -INFINITE, -std::numeric_limits<float>::max()}, 2);
}

} // namespace

int main(int count, char **arguments) {
    random_cases(count > 1 ? atoi(arguments[1]) : 100);
    chosen_channels();
    ties();
    not_a_number_is_never_the_largest();
    return exit_status();
}
