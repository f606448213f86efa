#include "program.h"

#include "tiers.h"

#include <time.h>

namespace hardnet {

namespace {

int64_t now() {
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

int64_t segments_of(const hn_step *steps, int32_t count) {
    int64_t segments = 0;
    for (int32_t i = 0; i < count; i++) {
        segments += steps[i].segment_count;
    }
    return segments;
}

int64_t extra_outputs_of(const hn_step *steps, int32_t count) {
    int64_t outputs = 0;
    for (int32_t i = 0; i < count; i++) {
        outputs += steps[i].output_count - 1;
    }
    return outputs;
}

} // namespace

Program::Program(const hn_step *steps, int32_t count, int32_t threads)
    : count_(count), steps_(count), segments_(segments_of(steps, count)), outputs_(extra_outputs_of(steps, count)),
      kernels_(count), items_(count), threads_({this, items_.data(), count, run_item, phase_done}, threads) {}

hn_status Program::create(int32_t tier, const hn_step *steps, int32_t count, int32_t threads, Program **program,
                          Message &message) {
    *program = nullptr;
    void *memory = nullptr;
    Program *made = posix_memalign(&memory, alignof(Program), sizeof(Program)) == 0
                        ? new (memory) Program(steps, count, threads)
                        : nullptr;
    if (made == nullptr || !made->steps_ || !made->segments_ || !made->outputs_ || !made->kernels_ || !made->items_) {
        destroy(made);
        return message.fail(HN_OUT_OF_MEMORY, "no memory for a program of %d steps", count);
    }
    made->prepare(tier, steps, count, threads > 1);
    if (!made->scratch_.allocate(made->scratch_bytes(), threads)) {
        destroy(made);
        return message.fail(HN_OUT_OF_MEMORY, "no scratch memory for %d threads", threads);
    }
    if (!made->threads_.start()) {
        destroy(made);
        return message.fail(HN_THREAD_FAILURE, "the system refused one of %d threads", threads - 1);
    }
    *program = made;
    return HN_OK;
}

void Program::destroy(Program *program) {
    if (program != nullptr) {
        program->~Program();
        free(program);
    }
}

void Program::prepare(int32_t tier, const hn_step *steps, int32_t count, bool shared) {
    hn_segment *segments = segments_.data();
    hn_output *outputs = outputs_.data();
    for (int32_t i = 0; i < count; i++) {
        steps_[i] = steps[i];
        steps_[i].segments = segments;
        for (int32_t s = 0; s < steps[i].segment_count; s++) {
            *segments++ = steps[i].segments[s];
        }
        steps_[i].extra_outputs = outputs;
        for (int32_t o = 1; o < steps[i].output_count; o++) {
            *outputs++ = steps[i].extra_outputs[o - 1];
        }
        const Kernel *kernel = find_kernel(tier, steps[i]);
        kernels_[i] = shared && kernel->shared != nullptr ? kernel->shared : kernel;
        items_[i] = kernels_[i]->work_items(steps[i]);
    }
}

int64_t Program::scratch_bytes() const {
    int64_t most = 0;
    for (int32_t i = 0; i < count_; i++) {
        const int64_t bytes = kernels_[i]->scratch_bytes(steps_[i]);
        most = bytes > most ? bytes : most;
    }
    return most;
}

void Program::run(int64_t *nanoseconds) {
    nanoseconds_ = nanoseconds;
    phase_start_ = nanoseconds == nullptr ? 0 : now();
    threads_.run();
}

void Program::run_item(void *program, int32_t thread, int32_t phase, int64_t item) {
    const Program &self = *static_cast<Program *>(program);
    self.kernels_[phase]->run(self.steps_[phase], item, self.scratch_.of(thread));
}

void Program::phase_done(void *program, int32_t phase) {
    Program &self = *static_cast<Program *>(program);
    if (self.nanoseconds_ != nullptr) {
        const int64_t end = now();
        self.nanoseconds_[phase] = end - self.phase_start_;
        self.phase_start_ = end;
    }
}

namespace {

hn_status check_program_step(int32_t tier, const hn_step &step, Message &message) {
    if (hn_status status = check_step(step, message)) {
        return status;
    }
    const Kernel *kernel = find_kernel(tier, step);
    if (kernel == nullptr) {
        return message.fail(HN_INVALID_ARGUMENT, "tier %d (%s) has no kernel for kind %d", tier, tier_name(tier),
                            step.kind);
    }
    return check_pointers(step, kernel->packed_bytes(step) > 0, message);
}

} // namespace

hn_status check_program(int32_t tier, const hn_step *steps, int32_t count, int32_t threads, Message &message) {
    if (hn_status status = check_tier(tier, message)) {
        return status;
    }
    if (steps == nullptr || count < 1) {
        return message.fail(HN_INVALID_ARGUMENT, "a program has %d steps at %p, expected at least 1", count,
                            static_cast<const void *>(steps));
    }
    if (threads < 1 || threads > 1024) {
        return message.fail(HN_INVALID_ARGUMENT, "threads are %d, expected 1 to 1024", threads);
    }
    for (int32_t i = 0; i < count; i++) {
        if (hn_status status = check_program_step(tier, steps[i], message)) {
            message.prefix("step %d: ", i);
            return status;
        }
    }
    return HN_OK;
}

} // namespace hardnet
