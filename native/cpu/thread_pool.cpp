#include "thread_pool.h"

#include <sched.h>
#include <signal.h>

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

class Lock {
  public:
    explicit Lock(pthread_mutex_t &mutex) : mutex_(mutex) { pthread_mutex_lock(&mutex_); }
    ~Lock() { pthread_mutex_unlock(&mutex_); }
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;

  private:
    pthread_mutex_t &mutex_;
};

} // namespace

ThreadPool::ThreadPool(const Work &work, int32_t threads)
    : work_(work), wanted_workers_(threads - 1), started_(threads),
      state_(static_cast<uint64_t>(work.phases) << ITEM_BITS) {}

ThreadPool::~ThreadPool() {
    stop_workers();
    pthread_cond_destroy(&changed_);
    pthread_mutex_destroy(&mutex_);
}

bool ThreadPool::start() {
    const SignalsBlocked blocked;
    while (started_ && workers_ < wanted_workers_) {
        Worker &worker = started_[workers_];
        worker.pool = this;
        worker.number = workers_ + 1;
        if (pthread_create(&worker.handle, nullptr, worker_main, &worker) != 0) {
            stop_workers();
            return false;
        }
        workers_++;
    }
    return static_cast<bool>(started_);
}

void ThreadPool::stop_workers() {
    {
        const Lock lock(mutex_);
        stopping_ = true;
    }
    pthread_cond_broadcast(&changed_);
    while (workers_ > 0) {
        pthread_join(started_[--workers_].handle, nullptr);
    }
}

void *ThreadPool::worker_main(void *worker) {
    const Worker &self = *static_cast<Worker *>(worker);
    self.pool->work_until_stopped(self.number);
    return nullptr;
}

int32_t ThreadPool::phase_of(uint64_t turn) const {
    return static_cast<int32_t>(turn % (static_cast<uint64_t>(work_.phases) + 1));
}

uint64_t ThreadPool::current_turn() const { return state_.load(std::memory_order_acquire) >> ITEM_BITS; }

void ThreadPool::run() {
    const uint64_t idle = current_turn();
    uint64_t turn = idle < MOST_TURNS ? idle + 1 : 0;
    publish(turn);
    while (phase_of(turn) != work_.phases) {
        work_on(0, turn);
        turn = wait_for_change(turn);
    }
}

void ThreadPool::work_until_stopped(int32_t thread) {
    uint64_t turn = current_turn();
    while (!stopping_.load(std::memory_order_relaxed)) {
        work_on(thread, turn);
        turn = wait_for_change(turn);
    }
}

// Takes items until the phase that has begun with the turn, or a later one, has none left.
void ThreadPool::work_on(int32_t thread, uint64_t turn) {
    while (phase_of(turn) != work_.phases) {
        const uint64_t claimed = state_.fetch_add(1, std::memory_order_acq_rel);
        turn = claimed >> ITEM_BITS;
        const int32_t phase = phase_of(turn);
        const int64_t item = static_cast<int64_t>(claimed & ITEM_MASK);
        if (phase == work_.phases || item >= work_.items[phase]) {
            return;
        }
        work_.run_item(work_.context, thread, phase, item);
        if (done_.fetch_add(1, std::memory_order_acq_rel) + 1 == work_.items[phase]) {
            work_.phase_done(work_.context, phase);
            publish(++turn);
        }
    }
}

void ThreadPool::publish(uint64_t turn) {
    done_.store(0, std::memory_order_relaxed);
    bool sleepers;
    {
        const Lock lock(mutex_);
        state_.store(turn << ITEM_BITS, std::memory_order_release);
        sleepers = sleepers_ > 0;
    }
    if (sleepers) {
        pthread_cond_broadcast(&changed_);
    }
}

// Returns the turn that follows the given one, or any later.
uint64_t ThreadPool::wait_for_change(uint64_t turn) {
    for (int i = 0; i < SPINS + YIELDS && current_turn() == turn; i++) {
        if (i < SPINS) {
            pause();
        } else {
            sched_yield();
        }
    }
    if (current_turn() == turn) {
        sleep_until_change(turn);
    }
    return current_turn();
}

void ThreadPool::sleep_until_change(uint64_t turn) {
    const Lock lock(mutex_);
    sleepers_++;
    while (current_turn() == turn && !stopping_.load(std::memory_order_relaxed)) {
        pthread_cond_wait(&changed_, &mutex_);
    }
    sleepers_--;
}

} // namespace hardnet
