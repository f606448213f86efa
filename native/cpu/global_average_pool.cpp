// Mean over all pixels of each channel, by compensated sums: maps of any size lose no digit.
#include "channel_ranges.h"

namespace hardnet::HN_TIER {
namespace {

constexpr int32_t ITEM_CHANNELS = 128;

bool supports(const hn_step &step) { return step.kind == HN_GLOBAL_AVERAGE_POOL; }

int64_t work_items(const hn_step &step) { return channel_items(step, ITEM_CHANNELS); }

// Kahan's sum: the second vector carries what rounding the first has lost.
Vec mean(const Lanes &lanes, int64_t pixels) {
    Vec sum = broadcast(0);
    Vec lost = broadcast(0);
    for (int64_t i = 0; i < pixels; i++) {
        const Vec value = subtract(load_some(lanes.data + i * lanes.stride, lanes.count), lost);
        const Vec next = add(sum, value);
        lost = subtract(subtract(next, sum), value);
        sum = next;
    }
    return divide(sum, broadcast(static_cast<float>(pixels)));
}

void run(const hn_step &step, int64_t item, void *) {
    for_lanes(step, ITEM_CHANNELS, item, [&](const Lanes &lanes) {
        Element *to = output_of(step) + lanes.picture * step.output_stride + lanes.channel;
        store_some(to, mean(lanes, input_pixels(step)), lanes.count);
    });
}

} // namespace

extern const Kernel global_average_pool = {supports, no_bytes, pack_nothing, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
