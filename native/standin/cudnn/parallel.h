// Runs items on two threads.
#ifndef HARDNET_STANDIN_PARALLEL_H
#define HARDNET_STANDIN_PARALLEL_H

#include <atomic>
#include <cstdint>
#include <thread>

namespace standin {

// Calls function(item) for the items from 0 on.
template <class Function> void parallel(int64_t items, const Function &function) {
    std::atomic<int64_t> next{0};
    const auto work = [&] {
        for (int64_t item = next++; item < items; item = next++) {
            function(item);
        }
    };
    if (items < 2 || std::thread::hardware_concurrency() < 2) {
        work();
        return;
    }
    std::thread helper(work);
    work();
    helper.join();
}

} // namespace standin

#endif
