// Sum of two views of the same size: the first and the second half of the input's channels.
#include "pixels.h"

namespace hardnet::HN_TIER {
namespace {

bool supports(const hn_step &step) { return step.kind == HN_ADD; }

// A place among the input's channels.
class Cursor {
  public:
    HN_ALWAYS_INLINE Cursor(const hn_step &step, int32_t channel) : segment_(step.segments), channel_(0) {
        while (channel > 0) {
            const int32_t count = smaller_of(channel, left());
            advance(count);
            channel -= count;
        }
    }

    HN_ALWAYS_INLINE int32_t left() const { return segment_->channels - channel_; }

    HN_ALWAYS_INLINE void advance(int32_t count) {
        channel_ += count;
        if (channel_ == segment_->channels) {
            segment_++;
            channel_ = 0;
        }
    }

    HN_ALWAYS_INLINE const Element *at(int64_t pixel) const {
        return map_of(*segment_) + pixel * segment_->pixel_stride + channel_;
    }

  private:
    const hn_segment *segment_;
    int32_t channel_;
};

void add_channels(const Element *left, const Element *right, int32_t count, int32_t activation, Element *to) {
    int32_t c = 0;
    for (; c + LANES <= count; c += LANES) {
        store(to + c, activate(add(load(left + c), load(right + c)), activation));
    }
    if (c < count) {
        const Vec sum = add(load_first(left + c, count - c), load_first(right + c, count - c));
        store_first(to + c, activate(sum, activation), count - c);
    }
}

// The channels are taken in parts, each in one segment of either half.
void run_stretch(const hn_step &step, int64_t first, int64_t end) {
    Cursor left(step, 0);
    Cursor right(step, step.out_c);
    for (int32_t c = 0; c < step.out_c;) {
        const int32_t count = smaller_of(step.out_c - c, smaller_of(left.left(), right.left()));
        for (int64_t pixel = first; pixel < end; pixel++) {
            Element *to = output_of(step) + pixel * step.output_stride + c;
            add_channels(left.at(pixel), right.at(pixel), count, step.activation, to);
        }
        left.advance(count);
        c += count;
        if (c < step.out_c) {
            right.advance(count);
        }
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_stretches(step, item, [&](int64_t first, int64_t end) { run_stretch(step, first, end); });
}

int64_t work_items(const hn_step &step) { return pixel_ranges(step); }

} // namespace

extern const Kernel add_views = {supports, no_bytes, pack_nothing, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
