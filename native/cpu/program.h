// Steps that have been checked and given their kernels, and the threads that run them.
#ifndef HARDNET_CPU_PROGRAM_H
#define HARDNET_CPU_PROGRAM_H

#include "check.h"
#include "kernel.h"
#include "thread_pool.h"

#include <chrono>
#include <memory>
#include <vector>

namespace hardnet {

class Program final : private ThreadPool::Work {
  public:
    // Copies the steps and their segments. They must have been checked.
    Program(int32_t tier, const hn_step *steps, int32_t count, int32_t threads);

    // nanoseconds: one value per step, or null.
    void run(int64_t *nanoseconds);

  private:
    using Clock = std::chrono::steady_clock;

    struct PreparedStep {
        hn_step step;
        std::vector<hn_segment> segments;
        const Kernel *kernel;
    };

    void run_item(int32_t phase, int64_t item) override;
    void phase_done(int32_t phase) override;

    std::vector<PreparedStep> steps_;
    int64_t *nanoseconds_ = nullptr;
    Clock::time_point phase_start_;
    std::unique_ptr<ThreadPool> threads_; // last, so that its threads end before what they use
};

// Checks the steps for Program's constructor, pointers included.
hn_status check_program(int32_t tier, const hn_step *steps, int32_t count, int32_t threads, Message &message);

} // namespace hardnet

#endif
