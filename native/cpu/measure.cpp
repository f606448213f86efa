// What the processor can do at most, for measuring it: arithmetic without memory, and memory without arithmetic that
// would take longer.
#include "simd.h"

namespace hardnet::HN_TIER {
namespace {

// Enough to hide the latency of a multiply-add on two pipes, few enough for 16 registers.
constexpr int CHAINS = 12;
constexpr int STREAMS = 8;

} // namespace

int64_t multiply_adds(int64_t rounds) {
    const Vec factor = broadcast(0.999f);
    const Vec term = broadcast(1e-3f);
    Vec chains[CHAINS];
    for (Vec &chain : chains) {
        chain = broadcast(0);
    }
    for (int64_t round = 0; round < rounds; round++) {
#pragma GCC unroll 12
        for (int i = 0; i < CHAINS; i++) {
            chains[i] = multiply_add(chains[i], factor, term);
        }
    }
    // Without a use the compiler would drop the loop.
    for (Vec &chain : chains) {
        asm volatile("" ::"m"(chain));
    }
    return rounds * CHAINS * LANES;
}

float sum(const float *data, int64_t count) {
    Vec sums[STREAMS];
    for (Vec &it : sums) {
        it = broadcast(0);
    }
    int64_t i = 0;
    for (; i + STREAMS * LANES <= count; i += STREAMS * LANES) {
#pragma GCC unroll 8
        for (int stream = 0; stream < STREAMS; stream++) {
            sums[stream] = add(sums[stream], load(data + i + stream * LANES));
        }
    }
    float lanes[LANES];
    float total = 0;
    for (const Vec &it : sums) {
        store(lanes, it);
        for (float lane : lanes) {
            total += lane;
        }
    }
    for (; i < count; i++) {
        total += data[i];
    }
    return total;
}

} // namespace hardnet::HN_TIER
