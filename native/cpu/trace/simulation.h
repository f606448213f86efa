// Steps whose memory is simulated: their kernels run over vectors without values, and caches count.
#ifndef HARDNET_CPU_TRACE_SIMULATION_H
#define HARDNET_CPU_TRACE_SIMULATION_H

#include "check.h"
#include "kernel.h"
#include "memory_trace.h"

namespace hardnet {

class Simulation {
  public:
    // Writes null, and why, on failure.
    static hn_status create(int32_t tier, const hn_cache &first, const hn_cache &last, Simulation **simulation,
                            Message &message);
    static void destroy(Simulation *simulation);

    // Runs a step, item after item, as a single thread would.
    hn_status run(const hn_step &step, hn_traffic &traffic, Message &message);

  private:
    Simulation(int32_t tier, const hn_cache &first, const hn_cache &last) : tier_(tier), trace_(first, last) {}
    ~Simulation() = default;

    const int32_t tier_;
    MemoryTrace trace_;
};

} // namespace hardnet

#endif
