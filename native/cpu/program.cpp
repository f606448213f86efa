#include "program.h"

#include "tiers.h"

namespace hardnet {

Program::Program(int32_t tier, const hn_step *steps, int32_t count, int32_t threads) {
    std::vector<int64_t> items;
    steps_.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) {
        const hn_step &step = steps[i];
        steps_.push_back({step, {step.segments, step.segments + step.segment_count}, find_kernel(tier, step)});
        steps_.back().step.segments = steps_.back().segments.data();
        items.push_back(steps_.back().kernel->work_items(step));
    }
    threads_.reset(new ThreadPool(*this, std::move(items), threads));
}

void Program::run(int64_t *nanoseconds) {
    nanoseconds_ = nanoseconds;
    if (nanoseconds != nullptr) {
        phase_start_ = Clock::now();
    }
    threads_->run();
}

void Program::run_item(int32_t phase, int64_t item) {
    const PreparedStep &prepared = steps_[static_cast<size_t>(phase)];
    prepared.kernel->run(prepared.step, item);
}

void Program::phase_done(int32_t phase) {
    if (nanoseconds_ != nullptr) {
        const Clock::time_point now = Clock::now();
        nanoseconds_[phase] = std::chrono::duration_cast<std::chrono::nanoseconds>(now - phase_start_).count();
        phase_start_ = now;
    }
}

namespace {

hn_status check_program_step(int32_t tier, const hn_step &step, int32_t threads, Message &message) {
    if (hn_status status = check_step(step, message)) {
        return status;
    }
    const Kernel *kernel = find_kernel(tier, step);
    if (kernel == nullptr) {
        return message.fail(HN_INVALID_ARGUMENT, "tier %d (%s) has no kernel for kind %d", tier, tier_name(tier), step.kind);
    }
    return check_pointers(step, kernel->packed_bytes(step) > 0, kernel->workspace_bytes(step, threads) > 0, message);
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
        if (hn_status status = check_program_step(tier, steps[i], threads, message)) {
            message.prefix("step %d: ", i);
            return status;
        }
    }
    return HN_OK;
}

} // namespace hardnet
