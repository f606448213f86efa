// Tensors of planes to and from maps, in every tier and element: test_planes [random cases]
#include "check.h"
#include "elements.h"
#include "operator_case.h"
#include "random_sizes.h"

#include <cstdlib>
#include <cstring>

namespace {

constexpr float UNTOUCHED = -77;

hn_step copy_of(Random &random, int32_t element) {
    hn_step step = {};
    step.kind = HN_COPY;
    step.element = element;
    step.n = pick(random, 1, 3);
    step.in_c = step.out_c = pick(random, 1, 40);
    step.in_h = step.out_h = pick(random, 1, 9);
    step.in_w = step.out_w = pick(random, 1, 150);
    step.kernel_h = step.kernel_w = step.stride = step.dilation = 1;
    step.output_count = 1;
    return step;
}

int64_t rows_of(const hn_step &step) { return static_cast<int64_t>(step.n) * step.out_h; }

int64_t pixels_of(const hn_step &step) { return rows_of(step) * step.out_w; }

// Where an element of a row of the batch stands in planes.
int64_t in_planes(const hn_step &step, int64_t row, int32_t x, int32_t c) {
    return ((row / step.out_h * step.out_c + c) * step.out_h + row % step.out_h) * step.out_w + x;
}

template <typename Function> void for_elements(const hn_step &step, Function function) {
    for (int64_t row = 0; row < rows_of(step); row++) {
        for (int32_t x = 0; x < step.out_w; x++) {
            for (int32_t c = 0; c < step.out_c; c++) {
                function(row, x, c);
            }
        }
    }
}

std::vector<float> random_values(int64_t count, Random &random) {
    std::vector<float> values(static_cast<size_t>(count));
    for (float &value : values) {
        value = static_cast<float>(pick(random, -100000, 100000)) / 997;
    }
    return values;
}

// Only the rows asked for, only their channels, each value rounded once.
void writes_rows(int32_t tier, Random &random, int32_t element) {
    hn_step step = copy_of(random, element);
    step.output_stride = step.out_c + pick(random, 0, 5);
    const std::vector<float> planes = random_values(pixels_of(step) * step.out_c, random);
    std::vector<float> memory(static_cast<size_t>(pixels_of(step) * step.output_stride));
    for (int64_t i = 0; i < pixels_of(step) * step.output_stride; i++) {
        set_element(memory.data(), element, i, UNTOUCHED);
    }
    step.output = memory.data();
    const int64_t first = pick(random, 0, static_cast<int32_t>(rows_of(step)));
    const int64_t end = pick(random, static_cast<int32_t>(first), static_cast<int32_t>(rows_of(step)));
    CHECK(hn_write_rows(tier, &step, first, end, planes.data()) == HN_OK, "tier %d", tier);
    for (int64_t pixel = 0; pixel < pixels_of(step); pixel++) {
        const int64_t row = pixel / step.out_w;
        for (int32_t c = 0; c < step.output_stride; c++) {
            const bool written = c < step.out_c && row >= first && row < end;
            const int64_t from = written ? in_planes(step, row, static_cast<int32_t>(pixel % step.out_w), c) : 0;
            const float expected =
                written ? rounded_to(element, static_cast<double>(planes[static_cast<size_t>(from)])) : UNTOUCHED;
            const float found = element_at(memory.data(), element, pixel * step.output_stride + c);
            CHECK(found == expected, "%g, not %g: tier %d, pixel %ld, channel %d of %d", static_cast<double>(found),
                  static_cast<double>(expected), tier, static_cast<long>(pixel), c, step.out_c);
        }
    }
}

// As a step gives it in the operator's order, or of nothing where no row was asked for.
void check_rows(int32_t tier, const hn_step &step, const std::vector<float> &expected, Random &random) {
    const int64_t first = pick(random, 0, static_cast<int32_t>(rows_of(step)));
    const int64_t end = pick(random, static_cast<int32_t>(first), static_cast<int32_t>(rows_of(step)));
    std::vector<float> planes(expected.size(), UNTOUCHED);
    hn_step only_input = step;
    only_input.output = nullptr;
    CHECK(hn_read_rows(tier, &only_input, first, end, planes.data()) == HN_OK, "tier %d", tier);
    for_elements(step, [&](int64_t row, int32_t x, int32_t c) {
        float found = planes[static_cast<size_t>(in_planes(step, row, x, c))];
        const bool read = row >= first && row < end;
        if (read) {
            found = rounded_to(step.element, static_cast<double>(found));
        }
        const float value = read ? expected[static_cast<size_t>((row * step.out_w + x) * step.out_c + c)] : UNTOUCHED;
        CHECK(memcmp(&found, &value, sizeof value) == 0, "%g, not %g: tier %d, row %ld, x %d, channel %d of %d",
              static_cast<double>(found), static_cast<double>(value), tier, static_cast<long>(row), x, c, step.out_c);
    });
}

void reads_rows_of_a_map(int32_t tier, Random &random, int32_t element) {
    hn_step step = copy_of(random, element);
    const int64_t stride = step.in_c + pick(random, 0, 5);
    std::vector<float> values = random_values(pixels_of(step) * step.in_c, random);
    std::vector<float> memory(static_cast<size_t>(pixels_of(step) * stride));
    for (int64_t i = 0; i < pixels_of(step) * step.in_c; i++) {
        float &value = values[static_cast<size_t>(i)];
        value = rounded_to(element, static_cast<double>(value));
        set_element(memory.data(), element, i / step.in_c * stride + i % step.in_c, value);
    }
    const hn_segment segment = {memory.data(), stride, step.in_c, 0};
    step.segments = &segment;
    step.segment_count = 1;
    check_rows(tier, step, values, random);
}

// The same bits as the step writes into a map.
void reads_rows_of_a_resize(int32_t tier, Random &random, int32_t element) {
    hn_step sizes = {};
    if (!random_sizes(HN_RESIZE, random, sizes)) {
        return;
    }
    sizes.element = element;
    OperatorCase operation(sizes, split(sizes.in_c, pick(random, 1, 5), random), random);
    const hn_step step = operation.step(tier, HN_CHOSEN);
    operation.clear_output();
    run_step(tier, step, 1, operation.name());
    check_rows(tier, step, operation.output(), random);
}

// Wider than a stretch, to a size from which several columns lie between neighbours, and the other way round.
void reads_rows_of_long_resizes(int32_t tier, Random &random) {
    for (const int32_t out_w : {1, 2, 63, 64, 65, 129, 700}) {
        hn_step sizes = copy_of(random, HN_FLOAT32);
        sizes.kind = HN_RESIZE;
        sizes.in_w = pick(random, 1, 300);
        sizes.out_w = out_w;
        sizes.out_h = pick(random, 1, 9);
        OperatorCase operation(sizes, split(sizes.in_c, pick(random, 1, 5), random), random);
        const hn_step step = operation.step(tier, HN_CHOSEN);
        operation.clear_output();
        run_step(tier, step, 1, operation.name());
        check_rows(tier, step, operation.output(), random);
    }
}

void refuses_what_makes_no_sense() {
    Random random(1);
    hn_step step = copy_of(random, HN_FLOAT32);
    std::vector<float> memory(static_cast<size_t>(pixels_of(step) * step.out_c));
    const hn_segment segment = {memory.data(), step.in_c, step.in_c, 0};
    const int64_t rows = rows_of(step);
    const auto refused = [&](const char *why, int32_t status) {
        CHECK(status == HN_INVALID_ARGUMENT, "%s: %d", why, status);
    };
    refused("no output", hn_write_rows(HN_TIER_PORTABLE, &step, 0, rows, memory.data()));
    refused("no input", hn_read_rows(HN_TIER_PORTABLE, &step, 0, rows, memory.data()));
    step.segments = &segment;
    step.segment_count = 1;
    step.output = memory.data();
    step.output_stride = step.out_c;
    refused("an unknown tier", hn_read_rows(99, &step, 0, rows, memory.data()));
    refused("no step", hn_read_rows(HN_TIER_PORTABLE, nullptr, 0, rows, memory.data()));
    refused("no planes", hn_read_rows(HN_TIER_PORTABLE, &step, 0, rows, nullptr));
    refused("rows before the first", hn_read_rows(HN_TIER_PORTABLE, &step, -1, rows, memory.data()));
    refused("rows after the last", hn_write_rows(HN_TIER_PORTABLE, &step, 0, rows + 1, memory.data()));
    refused("an end before the start", hn_write_rows(HN_TIER_PORTABLE, &step, 1, 0, memory.data()));
    step.kind = HN_RESIZE;
    refused("a resize that is written", hn_write_rows(HN_TIER_PORTABLE, &step, 0, rows, memory.data()));
    step.kind = HN_SUM_TO_ONE;
    refused("another operator", hn_read_rows(HN_TIER_PORTABLE, &step, 0, rows, memory.data()));
    step.kind = HN_COPY;
    char message[300];
    hn_program *program = nullptr;
    refused("a program", hn_program_create(HN_TIER_PORTABLE, &step, 1, 1, &program, message, sizeof message));
    CHECK(strcmp(message, "step 0: tier 0 (portable) has no kernel for kind 14") == 0, "%s", message);
}

} // namespace

int main(int count, char **arguments) {
    const int cases = count > 1 ? atoi(arguments[1]) : 300;
    for (const int32_t tier : supported_tiers()) {
        Random random(7);
        for (int i = 0; i < cases; i++) {
            const int32_t element = i % 2 == 0 ? HN_FLOAT32 : HN_BFLOAT16;
            writes_rows(tier, random, element);
            reads_rows_of_a_map(tier, random, element);
            reads_rows_of_a_resize(tier, random, element);
        }
        reads_rows_of_long_resizes(tier, random);
    }
    refuses_what_makes_no_sense();
    return exit_status();
}
