#include "thread_pool.h"

#include <pthread.h>
#include <signal.h>
#include <utility>

namespace hardnet {

namespace {

constexpr int ITEM_BITS = 32;
constexpr uint64_t ITEM_MASK = (uint64_t{1} << ITEM_BITS) - 1;

// Turns begin again at 0 between two runs, long before their bits run out in the middle of one.
constexpr uint64_t MOST_TURNS = uint64_t{1} << 31;

// A phase lasts tens of microseconds: waiting costs less than sleeping for about as long, then the processor is given
// to whoever wants it, then the thread sleeps.
constexpr int SPINS = 2000;
constexpr int YIELDS = 50;

void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

// Signals are for the host program's threads; those of a pool never take one.
class SignalsBlocked {
  public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked &) = delete;
    SignalsBlocked &operator=(const SignalsBlocked &) = delete;

  private:
    sigset_t before_;
};

} // namespace

ThreadPool::ThreadPool(Work &work, std::vector<int64_t> items, int32_t threads)
    : work_(work), items_(std::move(items)), state_(uint64_t{items_.size()} << ITEM_BITS) {
    start_workers(threads - 1);
}

ThreadPool::~ThreadPool() { stop_workers(); }

void ThreadPool::start_workers(int32_t workers) {
    const SignalsBlocked blocked;
    try {
        workers_.reserve(static_cast<size_t>(workers));
        for (int32_t i = 0; i < workers; i++) {
            workers_.emplace_back([this] { work_until_stopped(); });
        }
    } catch (...) {
        stop_workers();
        throw;
    }
}

void ThreadPool::stop_workers() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread &worker : workers_) {
        worker.join();
    }
    workers_.clear();
}

int32_t ThreadPool::phase_of(uint64_t turn) const { return static_cast<int32_t>(turn % (items_.size() + 1)); }

void ThreadPool::run() {
    const uint64_t idle = state_.load(std::memory_order_relaxed) >> ITEM_BITS;
    uint64_t turn = idle < MOST_TURNS ? idle + 1 : 0;
    publish(turn);
    while (phase_of(turn) != static_cast<int32_t>(items_.size())) {
        work_on(turn);
        turn = wait_for_change(turn);
    }
}

void ThreadPool::work_until_stopped() {
    uint64_t turn = state_.load(std::memory_order_acquire) >> ITEM_BITS;
    while (!stopping_.load(std::memory_order_relaxed)) {
        work_on(turn);
        turn = wait_for_change(turn);
    }
}

// Takes items until the phase that has begun with the turn, or a later one, has none left.
void ThreadPool::work_on(uint64_t turn) {
    while (phase_of(turn) != static_cast<int32_t>(items_.size())) {
        const uint64_t claimed = state_.fetch_add(1, std::memory_order_acq_rel);
        turn = claimed >> ITEM_BITS;
        const int32_t phase = phase_of(turn);
        const int64_t item = static_cast<int64_t>(claimed & ITEM_MASK);
        if (phase == static_cast<int32_t>(items_.size()) || item >= items_[static_cast<size_t>(phase)]) {
            return;
        }
        work_.run_item(phase, item);
        if (done_.fetch_add(1, std::memory_order_acq_rel) + 1 == items_[static_cast<size_t>(phase)]) {
            work_.phase_done(phase);
            publish(++turn);
        }
    }
}

void ThreadPool::publish(uint64_t turn) {
    done_.store(0, std::memory_order_relaxed);
    bool sleepers;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        state_.store(turn << ITEM_BITS, std::memory_order_release);
        sleepers = sleepers_ > 0;
    }
    if (sleepers) {
        changed_.notify_all();
    }
}

// Returns the turn that follows the given one, or any later.
uint64_t ThreadPool::wait_for_change(uint64_t turn) {
    const auto now = [this] { return state_.load(std::memory_order_acquire) >> ITEM_BITS; };
    for (int i = 0; i < SPINS + YIELDS && now() == turn; i++) {
        if (i < SPINS) {
            pause();
        } else {
            std::this_thread::yield();
        }
    }
    if (now() == turn) {
        std::unique_lock<std::mutex> lock(mutex_);
        sleepers_++;
        changed_.wait(lock, [&] { return now() != turn || stopping_.load(std::memory_order_relaxed); });
        sleepers_--;
    }
    return now();
}

} // namespace hardnet
