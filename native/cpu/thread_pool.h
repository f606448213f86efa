// Threads that take the items of one phase after another.
//
// A run is a sequence of phases; each has a number of items. Every thread has a share of neighbouring items, the same
// in each run, so that it finds in its cache what it wrote the phase before; when it has done its own it takes from the
// others'. A phase ends when all its items are done, not when all threads have arrived: a thread that the system put
// aside delays the others only if it holds an item, so a pool with more threads than processors still moves.
#ifndef HARDNET_CPU_THREAD_POOL_H
#define HARDNET_CPU_THREAD_POOL_H

#include "memory.h"

#include <atomic>
#include <pthread.h>

namespace hardnet {

class ThreadPool {
  public:
    // What the threads do. Any thread calls run_item, with its number from 0 on; phase_done is called once per phase,
    // in order.
    struct Work {
        void *context;
        const int64_t *items; // of each phase, at least one
        int32_t phases;
        void (*run_item)(void *context, int32_t thread, int32_t phase, int64_t item);
        void (*phase_done)(void *context, int32_t phase);
    };

    ThreadPool(const Work &work, int32_t threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool &) = delete;
    ThreadPool &operator=(const ThreadPool &) = delete;

    // Starts the workers. Returns false, and leaves none, when the system refused one.
    bool start();

    // Runs all phases, with the caller as one of the threads. One run at a time.
    void run();

  private:
    // A thread that the pool has started, numbered from 1 on: the caller of run is number 0.
    struct Worker {
        ThreadPool *pool;
        int32_t number;
        pthread_t handle;
    };

    // What a thread's share has handed out: the turn in the upper bits, the number of items in the lower. A share whose
    // turn is past has handed out nothing in this one, so nobody need reset it; claiming an item makes sure of the turn
    // in the same instruction.
    struct Share {
        std::atomic<uint64_t> claims;
        char rest_of_cache_lines[128 - sizeof(std::atomic<uint64_t>)];
    };

    static void *worker_main(void *worker);
    void stop_workers();
    void work_until_stopped(int32_t thread);
    void work_on(int32_t thread, uint64_t turn);
    int64_t work_on_share(int32_t thread, int32_t share, uint64_t turn);
    bool claim(int32_t share, uint64_t turn, int64_t *item);
    int64_t first_item(int32_t share, int32_t phase) const;
    void publish(uint64_t turn);
    void wake_sleepers();
    uint64_t wait_for_change(uint64_t turn);
    void sleep_until_change(uint64_t turn);
    int32_t phase_of(uint64_t turn) const;

    const Work work_;
    const int32_t threads_;
    int32_t workers_ = 0;
    Array<Worker> started_;
    Array<Share> shares_;

    // Turns count the phases of all runs, and one more per run in which the pool is idle.
    alignas(64) std::atomic<uint64_t> turn_;
    alignas(64) std::atomic<int64_t> done_{0};
    alignas(64) std::atomic<int32_t> sleepers_{0};
    std::atomic<bool> stopping_{false};
    pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t changed_ = PTHREAD_COND_INITIALIZER;
};

} // namespace hardnet

#endif
