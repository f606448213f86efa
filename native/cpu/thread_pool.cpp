#include "thread_pool.h"

#include <sched.h>
#include <signal.h>

namespace hardnet {

namespace {

constexpr int ITEM_BITS = 32;
constexpr uint64_t ITEM_MASK = (uint64_t{1} << ITEM_BITS) - 1;

// A phase lasts tens of microseconds: waiting costs less than sleeping for about as long, then the processor is given
// to whoever wants it, then the thread sleeps.
constexpr int SPINS = 2000;
constexpr int YIELDS = 50;

// Between runs for about half a millisecond, in which a caller prepares the next: to wake takes longer than the first
// steps.
constexpr int YIELDS_BETWEEN_RUNS = 1500;

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
    : work_(work), threads_(threads), started_(threads), shares_(threads), turn_(static_cast<uint64_t>(work.phases)) {}

ThreadPool::~ThreadPool() {
    stop_workers();
    pthread_cond_destroy(&changed_);
    pthread_mutex_destroy(&mutex_);
}

bool ThreadPool::start() {
    const SignalsBlocked blocked;
    while (started_ && shares_ && workers_ < threads_ - 1) {
        Worker &worker = started_[workers_];
        worker.pool = this;
        worker.number = workers_ + 1;
        if (pthread_create(&worker.handle, nullptr, worker_main, &worker) != 0) {
            stop_workers();
            return false;
        }
        workers_++;
    }
    return started_ && shares_;
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

void ThreadPool::run() {
    uint64_t turn = turn_.load(std::memory_order_relaxed) + 1;
    publish(turn);
    while (phase_of(turn) != work_.phases) {
        work_on(0, turn);
        turn = wait_for_change(turn);
    }
}

void ThreadPool::work_until_stopped(int32_t thread) {
    uint64_t turn = turn_.load(std::memory_order_acquire);
    while (!stopping_.load(std::memory_order_relaxed)) {
        work_on(thread, turn);
        turn = wait_for_change(turn);
    }
}

// Does the thread's own share of the turn, then what it finds in the others'. Whoever does the last item ends the
// phase.
void ThreadPool::work_on(int32_t thread, uint64_t turn) {
    const int32_t phase = phase_of(turn);
    if (phase == work_.phases) {
        return;
    }
    int64_t finished = 0;
    for (int32_t i = 0; i < threads_; i++) {
        finished += work_on_share(thread, (thread + i) % threads_, turn);
    }
    if (finished > 0 && done_.fetch_add(finished, std::memory_order_acq_rel) + finished == work_.items[phase]) {
        work_.phase_done(work_.context, phase);
        publish(turn + 1);
    }
}

// Returns the number of items that this thread took from the share and did.
int64_t ThreadPool::work_on_share(int32_t thread, int32_t share, uint64_t turn) {
    const int32_t phase = phase_of(turn);
    int64_t finished = 0;
    for (int64_t item; claim(share, turn, &item); finished++) {
        work_.run_item(work_.context, thread, phase, item);
    }
    return finished;
}

// Fails when nothing of the share is left, or when this thread is late and the share is in a later turn.
bool ThreadPool::claim(int32_t share, uint64_t turn, int64_t *item) {
    const int32_t phase = phase_of(turn);
    const int64_t first = first_item(share, phase);
    const int64_t items = first_item(share + 1, phase) - first;
    const uint32_t turn_bits = static_cast<uint32_t>(turn);
    std::atomic<uint64_t> &claims = shares_[share].claims;
    uint64_t before = claims.load(std::memory_order_relaxed);
    for (;;) {
        const int32_t ahead = static_cast<int32_t>(static_cast<uint32_t>(before >> ITEM_BITS) - turn_bits);
        const int64_t handed_out = ahead == 0 ? static_cast<int64_t>(before & ITEM_MASK) : 0;
        if (ahead > 0 || handed_out >= items) {
            return false;
        }
        const uint64_t after = (uint64_t{turn_bits} << ITEM_BITS) + static_cast<uint64_t>(handed_out) + 1;
        if (claims.compare_exchange_weak(before, after, std::memory_order_relaxed)) {
            *item = first + handed_out;
            return true;
        }
    }
}

int64_t ThreadPool::first_item(int32_t share, int32_t phase) const {
    return (work_.items[phase] * share + threads_ - 1) / threads_;
}

void ThreadPool::publish(uint64_t turn) {
    done_.store(0, std::memory_order_relaxed);
    turn_.store(turn, std::memory_order_seq_cst);
    wake_sleepers();
}

// A thread that goes to sleep counts itself before it looks at the turn for the last time, so either it is seen here or
// it sees the new turn.
void ThreadPool::wake_sleepers() {
    if (sleepers_.load(std::memory_order_seq_cst) > 0) {
        const Lock lock(mutex_);
        pthread_cond_broadcast(&changed_);
    }
}

// Returns the turn that follows the given one, or any later.
uint64_t ThreadPool::wait_for_change(uint64_t turn) {
    const int yields = phase_of(turn) == work_.phases ? YIELDS_BETWEEN_RUNS : YIELDS;
    for (int i = 0; i < SPINS + yields && turn_.load(std::memory_order_acquire) == turn; i++) {
        if (i < SPINS) {
            pause();
        } else {
            sched_yield();
        }
    }
    if (turn_.load(std::memory_order_acquire) == turn) {
        sleep_until_change(turn);
    }
    return turn_.load(std::memory_order_acquire);
}

void ThreadPool::sleep_until_change(uint64_t turn) {
    const Lock lock(mutex_);
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    while (turn_.load(std::memory_order_seq_cst) == turn && !stopping_.load(std::memory_order_relaxed)) {
        pthread_cond_wait(&changed_, &mutex_);
    }
    sleepers_.fetch_sub(1, std::memory_order_relaxed);
}

int32_t ThreadPool::phase_of(uint64_t turn) const {
    return static_cast<int32_t>(turn % (static_cast<uint64_t>(work_.phases) + 1));
}

} // namespace hardnet
