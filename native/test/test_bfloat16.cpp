// Maps of bfloat16 in every tier: test_bfloat16 [random cases per operator]
#include "check.h"
#include "elements.h"
#include "operator_case.h"
#include "random_sizes.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace {

// What rounding to 8 significant bits makes of a number at most.
constexpr double ROUNDING = 1.0 / 256;

std::vector<float> run(int32_t tier, OperatorCase &operation, int32_t convolution, int32_t threads) {
    const hn_step step = operation.step(tier, convolution);
    operation.clear_output();
    run_step(tier, step, threads, operation.name());
    CHECK(operation.gaps_untouched(), "tier %d, %s", tier, operation.name().c_str());
    return operation.output();
}

std::vector<float> rounded(std::vector<float> values) {
    for (float &value : values) {
        value = rounded_to(HN_BFLOAT16, value);
    }
    return values;
}

// The same operator over maps of either element, with the same values.
struct Twins {
    Twins(hn_step sizes, const std::vector<int32_t> &segments, uint32_t seed) {
        for (const int32_t element : {HN_FLOAT32, HN_BFLOAT16}) {
            Random random(seed);
            sizes.element = element;
            cases.emplace_back(sizes, segments, random);
            cases.back().round_to(HN_BFLOAT16);
        }
    }

    OperatorCase &wide() { return cases[0]; }
    OperatorCase &narrow() { return cases[1]; }

    std::vector<OperatorCase> cases;
};

// Under a window that lies in the padding alone, a pool finds minus infinity: there is no error to measure then.
bool all_finite(const std::vector<double> &values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

void check_against_plain_loops(OperatorCase &operation, int32_t convolution, double most) {
    const std::vector<double> expected = operation.expected();
    if (!all_finite(expected)) {
        return;
    }
    for (const int32_t tier : supported_tiers()) {
        const std::vector<float> once = run(tier, operation, convolution, 1);
        const double error = relative_error(once, expected);
        CHECK(error <= most, "%g, tier %d, %s", error, tier, operation.name().c_str());
        CHECK(same_bits(once, run(tier, operation, convolution, 2)), "tier %d, %s", tier, operation.name().c_str());
    }
}

// Sums are those of float32 to the bit, in the same order: only what is stored differs.
void check_rounds_once(Twins &twins, int32_t convolution) {
    for (const int32_t tier : supported_tiers()) {
        const std::vector<float> expected = rounded(run(tier, twins.wide(), convolution, 1));
        const std::vector<float> found = run(tier, twins.narrow(), convolution, 2);
        CHECK(same_bits(found, expected), "tier %d, %s", tier, twins.narrow().name().c_str());
    }
}

// What stands between the halves of HN_CONV_DEPTHWISE is rounded as any map.
void check_halves(OperatorCase &operation) {
    for (const int32_t tier : supported_tiers()) {
        const std::vector<float> halves = operation.output_of_halves(tier);
        CHECK(same_bits(halves, run(tier, operation, HN_CHOSEN, 3)), "tier %d, %s", tier, operation.name().c_str());
    }
}

int32_t direct_if_dense(int32_t kind) { return kind == HN_CONV ? HN_DIRECT : HN_CHOSEN; }

void random_cases(int32_t kind, int cases) {
    Random random(static_cast<uint32_t>(kind) + 101);
    for (int i = 0; i < cases; i++) {
        hn_step sizes;
        if (!random_sizes(kind, random, sizes)) {
            continue;
        }
        Twins twins(sizes, split(sizes.in_c, pick(random, 1, 5), random), static_cast<uint32_t>(i));
        check_against_plain_loops(twins.narrow(), direct_if_dense(kind), ROUNDING);
        if (kind == HN_CONV_DEPTHWISE) {
            check_halves(twins.narrow());
        } else {
            check_rounds_once(twins, direct_if_dense(kind));
        }
    }
}

// More channels than are widened at a time, than a padded pixel has zeros, and taps that stand side by side.
void long_sums() {
    const struct {
        int32_t in_c, size, out_c, kernel;
        std::vector<int32_t> segments;
    } cases[] = {{128, 5, 40, 1, {128}}, {129, 5, 40, 3, {129}}, {1030, 3, 17, 3, {1030}}, {2100, 2, 5, 3, {2060, 40}},
                 {300, 4, 70, 3, {127, 128, 45}}};
    for (const auto &it : cases) {
        hn_step sizes = sizes_of(HN_CONV, 1, it.in_c, it.size, it.size);
        sizes.out_c = it.out_c;
        CHECK(set_window(sizes, it.kernel, 1, it.kernel / 2, 1, false), "in_c %d", it.in_c);
        Twins twins(sizes, it.segments, 1);
        check_rounds_once(twins, HN_DIRECT);
    }
}

// Transformed weights are rounded, and the interpolation enlarges that.
void winograd_convolutions(int cases) {
    Random random(90);
    for (int i = 0; i < cases; i++) {
        hn_step sizes = sizes_of(HN_CONV, pick(random, 1, 2), pick(random, 1, 70), pick(random, 1, 17),
                                 pick(random, 1, 17));
        sizes.element = HN_BFLOAT16;
        sizes.out_c = pick(random, 1, 120);
        if (set_window(sizes, 3, 1, pick(random, 0, 2), 1, false)) {
            OperatorCase operation(sizes, split(sizes.in_c, pick(random, 1, 5), random), random);
            check_against_plain_loops(operation, HN_WINOGRAD_2X2, 2 * ROUNDING);
            check_against_plain_loops(operation, HN_WINOGRAD_4X4, 4 * ROUNDING);
        }
    }
}

void index_of_largest_is_that_of_float32(int cases) {
    Random random(80);
    for (int i = 0; i < cases; i++) {
        hn_step sizes = sizes_of(HN_RESIZE_ARG_MAX, 1, pick(random, 1, 90), pick(random, 1, 9), pick(random, 1, 9));
        sizes.out_c = 1;
        sizes.out_h = pick(random, 1, 30);
        sizes.out_w = pick(random, 1, 30);
        Twins twins(sizes, split(sizes.in_c, pick(random, 1, 4), random), static_cast<uint32_t>(i));
        for (const int32_t tier : supported_tiers()) {
            const std::vector<float> expected = run(tier, twins.wide(), HN_CHOSEN, 1);
            CHECK(run(tier, twins.narrow(), HN_CHOSEN, 2) == expected, "tier %d, %s", tier,
                  twins.narrow().name().c_str());
        }
    }
}

// Sums of two elements that lie on, below and above the middle of two others; the largest, the least, and no number.
void results_are_rounded_to_nearest_even() {
    const struct {
        float left, right, sum;
    } cases[] = {{1, 1.0f / 256, 1},
                 {1, 3.0f / 256, 1 + 4.0f / 256},
                 {1, 1.0f / 256 + 1.0f / 32768, 1 + 2.0f / 256},
                 {-1, -3.0f / 256, -1 - 4.0f / 256},
                 {255, 0.5f, 255.0f + 1},
                 {0x1p-133f, 0, 0x1p-133f},
                 {0x1p-126f, -0x1p-133f, 0x1p-126f - 0x1p-133f},
                 {0x1.fep127f, 0x1p119f, std::numeric_limits<float>::infinity()},
                 {0x1.fep127f, 0x1p118f, 0x1.fep127f},
                 {-std::numeric_limits<float>::infinity(), 1, -std::numeric_limits<float>::infinity()}};
    for (int32_t channels = 1; channels <= 40; channels++) {
        for (const auto &it : cases) {
            Random random(1);
            hn_step sizes = sizes_of(HN_ADD, 1, 2 * channels, 1, 1);
            sizes.element = HN_BFLOAT16;
            sizes.out_c = channels;
            OperatorCase operation(sizes, {channels, channels}, random);
            for (int32_t c = 0; c < channels; c++) {
                operation.set_input(0, 0, 0, c, it.left);
                operation.set_input(0, 0, 0, channels + c, it.right);
            }
            for (const int32_t tier : supported_tiers()) {
                const std::vector<float> expected(static_cast<size_t>(channels), it.sum);
                CHECK(same_bits(run(tier, operation, HN_CHOSEN, 1), expected), "tier %d, %g + %g", tier, it.left,
                      it.right);
            }
        }
    }
}

// Whatever its bits are: rounding must not carry them into an infinity or a zero.
void not_a_number_stays_one() {
    for (const uint16_t bits : {0x7f81, 0x7fc0, 0x7fff, 0xff81, 0xffff}) {
        alignas(64) uint16_t input[40];
        alignas(64) uint16_t output[20];
        for (uint16_t &each : input) {
            each = bits;
        }
        hn_step step = sizes_of(HN_ADD, 1, 40, 1, 1);
        step.element = HN_BFLOAT16;
        step.out_c = 20;
        const hn_segment segment = {input, 40, 40, 0};
        step.segments = &segment;
        step.segment_count = 1;
        step.output = output;
        step.output_stride = 20;
        for (const int32_t tier : supported_tiers()) {
            memset(output, 0, sizeof output);
            run_step(tier, step, 1, "not a number");
            for (int i = 0; i < 20; i++) {
                CHECK(std::isnan(element_at(output, HN_BFLOAT16, i)), "tier %d, %#x", tier, bits);
            }
        }
    }
}

// Large weights take half the memory, up to the biases, which stay as they are.
void weights_are_half_as_large() {
    hn_step step = sizes_of(HN_CONV, 1, 128, 9, 9);
    CHECK(set_window(step, 3, 1, 1, 1, false), "kernel 3");
    for (const int32_t way : {HN_DIRECT, HN_WINOGRAD_2X2, HN_WINOGRAD_4X4}) {
        step.convolution = way;
        const int64_t biases = step.out_c * static_cast<int64_t>(sizeof(float));
        step.element = HN_FLOAT32;
        const int64_t wide = hn_packed_bytes(HN_TIER_PORTABLE, &step) - biases;
        step.element = HN_BFLOAT16;
        const int64_t narrow = hn_packed_bytes(HN_TIER_PORTABLE, &step) - biases;
        CHECK(wide == 2 * narrow, "way %d, %lld and %lld bytes", way, static_cast<long long>(wide),
              static_cast<long long>(narrow));
    }
}

} // namespace

int main(int count, char **arguments) {
    const int cases = count > 1 ? atoi(arguments[1]) : 100;
    for (int32_t kind = HN_CONV; kind <= HN_CONV_DEPTHWISE; kind++) {
        if (kind != HN_RESIZE_ARG_MAX) {
            random_cases(kind, cases);
        }
    }
    long_sums();
    winograd_convolutions(cases);
    index_of_largest_is_that_of_float32(cases);
    results_are_rounded_to_nearest_even();
    not_a_number_stays_one();
    weights_are_half_as_large();
    return exit_status();
}
