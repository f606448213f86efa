// Steps that have been checked and given their kernels, and the threads that run them.
#ifndef HARDNET_CPU_PROGRAM_H
#define HARDNET_CPU_PROGRAM_H

#include "check.h"
#include "kernel.h"
#include "memory.h"
#include "scratch.h"
#include "thread_pool.h"

namespace hardnet {

class Program {
  public:
    // Copies the steps, their segments and outputs. They must have been checked. Writes null, and why, on failure.
    static hn_status create(int32_t tier, const hn_step *steps, int32_t count, int32_t threads, Program **program,
                            Message &message);
    static void destroy(Program *program);

    // nanoseconds: one value per step, or null.
    void run(int64_t *nanoseconds);

  private:
    Program(const hn_step *steps, int32_t count, int32_t threads);
    ~Program() = default;
    void prepare(int32_t tier, const hn_step *steps, int32_t count, bool shared);
    int64_t scratch_bytes() const;

    static void run_item(void *program, int32_t thread, int32_t phase, int64_t item);
    static void phase_done(void *program, int32_t phase);

    int32_t count_;
    Array<hn_step> steps_;
    Array<hn_segment> segments_;
    Array<hn_output> outputs_; // those after the first of each step
    Array<const Kernel *> kernels_;
    Array<int64_t> items_;
    Scratch scratch_;
    int64_t *nanoseconds_ = nullptr;
    int64_t phase_start_ = 0;
    ThreadPool threads_; // last, so that its threads end before what they use
};

// Checks the steps for Program's constructor, pointers included.
hn_status check_program(int32_t tier, const hn_step *steps, int32_t count, int32_t threads, Message &message);

} // namespace hardnet

#endif
