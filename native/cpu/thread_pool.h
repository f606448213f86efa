// Threads that take the items of one phase after another.
//
// A run is a sequence of phases; each has a number of items, which threads claim from one counter. A phase ends when all
// its items are done, not when all threads have arrived: a thread that the system put aside delays the others only if it
// holds an item, so a pool with more threads than processors still moves.
#ifndef HARDNET_CPU_THREAD_POOL_H
#define HARDNET_CPU_THREAD_POOL_H

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace hardnet {

class ThreadPool {
  public:
    // What the threads do. Both are called by any thread; phase_done by one at a time, in order.
    class Work {
      public:
        virtual void run_item(int32_t phase, int64_t item) = 0;
        virtual void phase_done(int32_t phase) = 0;

      protected:
        ~Work() = default;
    };

    // The items of each phase, at least one. Throws std::bad_alloc, and std::system_error where a thread is refused.
    ThreadPool(Work &work, std::vector<int64_t> items, int32_t threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool &) = delete;
    ThreadPool &operator=(const ThreadPool &) = delete;

    // Runs all phases, with the caller as one of the threads. One run at a time.
    void run();

  private:
    void start_workers(int32_t workers);
    void stop_workers();
    void work_until_stopped();
    void work_on(uint64_t turn);
    void publish(uint64_t turn);
    uint64_t wait_for_change(uint64_t turn);
    int32_t phase_of(uint64_t turn) const;

    Work &work_;
    const std::vector<int64_t> items_;
    std::vector<std::thread> workers_;

    // The turn in the upper bits, the next item in the lower. Turns count phases of all runs, and one more per run in
    // which the pool is idle; claiming an item tells the turn it belongs to in the same instruction.
    alignas(64) std::atomic<uint64_t> state_;
    alignas(64) std::atomic<int64_t> done_{0};
    alignas(64) std::mutex mutex_;
    std::condition_variable changed_;
    int32_t sleepers_ = 0;
    std::atomic<bool> stopping_{false};
};

} // namespace hardnet

#endif
