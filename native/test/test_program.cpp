// Programs of many steps: the same bits from any number of threads, and threads that come and go.
// test_program [runs] [programs]; with fewer than the usual numbers, where threads are slow, it also leaves the address
// space alone.
#include "check.h"
#include "operator_case.h"

#include <chrono>
#include <cstdlib>
#include <memory>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

// Operators of all kinds and of very different length, none of which reads another's output.
class Steps {
  public:
    explicit Steps(int32_t tier) {
        Random random(3);
        for (int i = 0; i < 42; i++) {
            const hn_step sizes = sizes_of(i % (HN_CONV_DEPTHWISE + 1), i);
            cases_.push_back(std::make_unique<OperatorCase>(sizes, std::vector<int32_t>{10, sizes.in_c - 10}, random));
            steps_.push_back(cases_.back()->step(tier));
        }
    }

    const std::vector<hn_step> &steps() const { return steps_; }

    std::vector<float> outputs() const {
        std::vector<float> all;
        for (const auto &it : cases_) {
            const std::vector<float> output = it->output();
            all.insert(all.end(), output.begin(), output.end());
        }
        return all;
    }

    void clear() {
        for (const auto &it : cases_) {
            it->clear_output();
        }
    }

  private:
    static hn_step sizes_of(int32_t kind, int i) {
        hn_step sizes = ::sizes_of(kind, 1 + i % 2, 30 + i, 12 + i % 24, 12 + i % 24);
        switch (kind) {
        case HN_CONV:
        case HN_TRANSPOSED_CONV:
        case HN_CONV_DEPTHWISE:
            sizes.out_c = 70 - i;
            set_window(sizes);
            break;
        case HN_DEPTHWISE_CONV:
        case HN_MAX_POOL:
        case HN_AVERAGE_POOL:
            set_window(sizes);
            break;
        case HN_LINEAR:
            sizes.out_c = 70 - i;
            sizes.in_h = sizes.in_w = sizes.out_h = sizes.out_w = 1;
            break;
        case HN_GLOBAL_AVERAGE_POOL:
            sizes.out_h = sizes.out_w = 1;
            break;
        case HN_RESIZE_ARG_MAX:
            sizes.out_c = 1;
            sizes.out_w *= 2;
            break;
        case HN_RESIZE:
            sizes.out_h *= 2;
            break;
        case HN_ADD:
            sizes.in_c *= 2;
            break;
        case HN_BATCH_NORM_RELU:
            sizes.output_count = 3;
            break;
        }
        return sizes;
    }

    static void set_window(hn_step &sizes) {
        sizes.kernel_h = sizes.kernel_w = 3;
        sizes.padding_h = sizes.padding_w = 1;
    }

    std::vector<std::unique_ptr<OperatorCase>> cases_;
    std::vector<hn_step> steps_;
};

hn_program *create(int32_t tier, const Steps &steps, int32_t threads) {
    hn_program *program = nullptr;
    char message[300] = "";
    const int32_t status = hn_program_create(tier, steps.steps().data(), static_cast<int32_t>(steps.steps().size()),
                                             threads, &program, message, sizeof message);
    CHECK(status == HN_OK, "%s", message);
    return program;
}

void same_from_any_number_of_threads(int32_t tier, int runs) {
    Steps steps(tier);
    std::vector<float> expected;
    for (const int32_t threads : {1, 2, 3, 8}) {
        hn_program *program = create(tier, steps, threads);
        for (int run = 0; run < runs; run++) {
            steps.clear();
            CHECK(hn_program_run(program) == HN_OK, "run %d", run);
            if (expected.empty()) {
                expected = steps.outputs();
            }
            CHECK(same_bits(steps.outputs(), expected), "tier %d, %d threads, run %d", tier, threads, run);
        }
        hn_program_destroy(program);
    }
}

double milliseconds_per_run(hn_program *program) {
    const auto start = std::chrono::steady_clock::now();
    for (int run = 0; run < 20; run++) {
        hn_program_run(program);
    }
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() / 20;
}

// Far more threads than processors must not slow a run down by more than what sharing them costs.
void many_threads_share_few_processors() {
    const int32_t tier = hn_best_tier();
    const Steps steps(tier);
    hn_program *one = create(tier, steps, 1);
    hn_program *many = create(tier, steps, 32);
    const double alone = milliseconds_per_run(one);
    const double together = milliseconds_per_run(many);
    CHECK(together < 20 * alone + 20, "%.2f ms with 32 threads, %.2f ms with one", together, alone);
    hn_program_destroy(many);
    hn_program_destroy(one);
}

void programs_come_and_go(int programs) {
    const int32_t tier = hn_best_tier();
    const Steps steps(tier);
    for (int i = 0; i < programs; i++) {
        hn_program *program = create(tier, steps, 1 + i % 4);
        if (i % 100 == 0) {
            hn_program_run(program);
        }
        hn_program_destroy(program);
    }
}

void profile_times_every_step() {
    const int32_t tier = hn_best_tier();
    const Steps steps(tier);
    hn_program *program = create(tier, steps, 2);
    std::vector<int64_t> times(steps.steps().size(), -1);
    CHECK(hn_program_profile(program, times.data()) == HN_OK, "profile");
    for (const int64_t time : times) {
        CHECK(time > 0 && time < 60'000'000'000, "%lld ns", static_cast<long long>(time));
    }
    CHECK(hn_program_profile(program, nullptr) == HN_INVALID_ARGUMENT, "no place for times");
    hn_program_destroy(program);
}

// In a process of its own, whose address space has no room for that many stacks.
void refused_threads_leave_nothing_behind() {
    const int32_t tier = hn_best_tier();
    const Steps steps(tier);
    const pid_t child = fork();
    if (child == 0) {
        rlimit limit = {2000u << 20, 2000u << 20};
        setrlimit(RLIMIT_AS, &limit);
        hn_program *program = nullptr;
        const int32_t status = hn_program_create(tier, steps.steps().data(), 1, 1024, &program, nullptr, 0);
        _exit(status == HN_THREAD_FAILURE && program == nullptr ? 0 : 10 + status);
    }
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(status == 0, "status %d", status);
}

} // namespace

int main(int count, char **arguments) {
    const int runs = count > 1 ? atoi(arguments[1]) : 20;
    const int programs = count > 2 ? atoi(arguments[2]) : 1000;
    for (const int32_t tier : supported_tiers()) {
        same_from_any_number_of_threads(tier, runs);
    }
    many_threads_share_few_processors();
    programs_come_and_go(programs);
    profile_times_every_step();
    if (count == 1) {
        refused_threads_leave_nothing_behind();
    }
    return exit_status();
}
