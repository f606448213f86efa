// hn_run_plan FILE RUNS: runs a plan that 'hardnet simulate-cache --program FILE' wrote, on one thread and with made-up
// weights, so that a profiler sees the kernels and no JVM.
#include "aligned.h"
#include "hardnet.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace {

struct Plan {
    int32_t tier = 0;
    Aligned arena;
    std::vector<hn_step> steps;
    std::vector<std::vector<hn_segment>> segments;
    std::vector<std::vector<hn_output>> extra_outputs;
    std::vector<Aligned> weights;
};

[[noreturn]] void fail(const char *what, const char *found) {
    fprintf(stderr, "hn_run_plan: %s: %s\n", what, found);
    exit(1);
}

float *place(const Plan &plan, std::istream &in) {
    int64_t offset = 0;
    in >> offset;
    return reinterpret_cast<float *>(static_cast<char *>(plan.arena.get()) + offset);
}

void read_sizes(std::istream &in, hn_step &step) {
    for (int32_t *field : {&step.kind, &step.activation, &step.n, &step.in_c, &step.in_h, &step.in_w, &step.out_c,
                           &step.out_h, &step.out_w, &step.kernel_h, &step.kernel_w, &step.stride, &step.padding_h,
                           &step.padding_w, &step.dilation, &step.segment_count, &step.output_count,
                           &step.convolution, &step.inner_activation, &step.element}) {
        in >> *field;
    }
}

// Small values, so that no layer overflows.
void fill(void *memory, int64_t bytes) {
    float *values = static_cast<float *>(memory);
    for (int64_t i = 0; i < bytes / static_cast<int64_t>(sizeof(float)); i++) {
        values[i] = static_cast<float>(i % 7 - 3) / 1024;
    }
}

void add_weights(Plan &plan, hn_step &step) {
    const int64_t bytes = hn_packed_bytes(plan.tier, &step);
    if (bytes > 0) {
        plan.weights.emplace_back(bytes);
        fill(plan.weights.back().get(), bytes);
        step.weights = plan.weights.back().get();
    }
}

void read_step(Plan &plan, std::istream &in) {
    hn_step step = {};
    read_sizes(in, step);
    std::vector<hn_segment> segments;
    for (int32_t i = 0; in && i < step.segment_count; i++) {
        hn_segment segment = {place(plan, in), 0, 0, 0};
        in >> segment.pixel_stride >> segment.channels;
        segments.push_back(segment);
    }
    step.output = place(plan, in);
    in >> step.output_stride;
    std::vector<hn_output> outputs;
    for (int32_t i = 1; in && i < step.output_count; i++) {
        hn_output output = {place(plan, in), 0};
        in >> output.pixel_stride;
        outputs.push_back(output);
    }
    add_weights(plan, step);
    plan.segments.push_back(std::move(segments));
    plan.extra_outputs.push_back(std::move(outputs));
    step.segments = plan.segments.back().data();
    step.extra_outputs = plan.extra_outputs.back().data();
    plan.steps.push_back(step);
}

Plan read_plan(const char *file) {
    std::ifstream in(file);
    Plan plan;
    int64_t arena_bytes = 0;
    int32_t count = 0;
    in >> plan.tier >> arena_bytes >> count;
    if (!in) {
        fail("expected a plan's tier, arena and steps in", file);
    }
    plan.arena = Aligned(arena_bytes);
    fill(plan.arena.get(), arena_bytes);
    for (int32_t i = 0; i < count; i++) {
        read_step(plan, in);
    }
    if (!in) {
        fail("the steps end too early in", file);
    }
    return plan;
}

} // namespace

int main(int count, char **arguments) {
    if (count != 3) {
        fail("expected arguments", "FILE RUNS");
    }
    const Plan plan = read_plan(arguments[1]);
    hn_program *program = nullptr;
    char message[300] = "";
    if (hn_program_create(plan.tier, plan.steps.data(), static_cast<int32_t>(plan.steps.size()), 1, &program, message,
                          sizeof message) != HN_OK) {
        fail("the plan was refused", message);
    }
    for (int run = 0; run < atoi(arguments[2]); run++) {
        hn_program_run(program);
    }
    hn_program_destroy(program);
    return 0;
}
