// Divides each channel of a picture by the sum of its pixels, plus a tenth.
#include "channel_ranges.h"

namespace hardnet::HN_TIER {
namespace {

// Few, since a channel's sum is one thread's work: a map of some hundred channels still keeps every thread busy.
constexpr int32_t ITEM_CHANNELS = 16;

// Pixels whose plain sum loses nothing that matters; such sums are added up with compensation.
constexpr int64_t PART_PIXELS = 64;

constexpr float ADDEND = 0.1f;

bool supports(const hn_step &step) { return step.kind == HN_SUM_TO_ONE; }

int64_t work_items(const hn_step &step) { return channel_items(step, ITEM_CHANNELS); }

template <bool FULL> HN_INLINE Vec load_at(const Lanes &lanes, int64_t pixel) {
    const Element *from = lanes.data + pixel * lanes.stride;
    return FULL ? load(from) : load_first(from, lanes.count);
}

template <bool FULL> HN_INLINE Vec sum_of_part(const Lanes &lanes, int64_t first, int64_t end) {
    Vec sum = broadcast(0);
    for (int64_t i = first; i < end; i++) {
        sum = add(sum, load_at<FULL>(lanes, i));
    }
    return sum;
}

// Kahan's sum of the parts.
template <bool FULL> HN_INLINE Vec sum_of(const Lanes &lanes, int64_t pixels) {
    Vec sum = broadcast(0);
    Vec lost = broadcast(0);
    for (int64_t i = 0; i < pixels; i += PART_PIXELS) {
        const Vec part = sum_of_part<FULL>(lanes, i, smaller_of(i + PART_PIXELS, pixels));
        const Vec value = subtract(part, lost);
        const Vec next = add(sum, value);
        lost = subtract(subtract(next, sum), value);
        sum = next;
    }
    return sum;
}

template <bool FULL> void run_lanes(const hn_step &step, const Lanes &lanes) {
    const int64_t pixels = input_pixels(step);
    const Vec divisor = add(sum_of<FULL>(lanes, pixels), broadcast(ADDEND));
    Element *to = output_of(step) + lanes.picture * pixels * step.output_stride + lanes.channel;
    for (int64_t i = 0; i < pixels; i++) {
        const Vec share = divide(load_at<FULL>(lanes, i), divisor);
        if (FULL) {
            store(to, share);
        } else {
            store_first(to, share, lanes.count);
        }
        to += step.output_stride;
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_lanes(step, ITEM_CHANNELS, item, [&](const Lanes &lanes) {
        if (lanes.count == LANES) {
            run_lanes<true>(step, lanes);
        } else {
            run_lanes<false>(step, lanes);
        }
    });
}

} // namespace

extern const Kernel sum_to_one = {supports, no_bytes, pack_nothing, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
