// A vector of consecutive input channels, wherever the segments of the input hold them.
#ifndef HARDNET_CPU_CHANNEL_VECTOR_H
#define HARDNET_CPU_CHANNEL_VECTOR_H

#include "kernel.h"
#include "maps.h"

namespace hardnet::HN_TIER {
namespace {

class ChannelVector {
  public:
    // Of a whole vector of one segment.
    HN_ALWAYS_INLINE bool whole() const { return pieces_ == 1 && ends_[0] == LANES; }

    template <bool WHOLE> HN_ALWAYS_INLINE Vec at(int64_t pixel) const {
        if (WHOLE) {
            return load(data_[0] + pixel * strides_[0]);
        }
        Vec v = broadcast(0);
        int32_t first = 0;
        for (int32_t i = 0; i < pieces_; i++) {
            v = load_between(v, data_[i] + pixel * strides_[i], first, ends_[i]);
            first = ends_[i];
        }
        return v;
    }

    HN_ALWAYS_INLINE void append(const Element *data, int64_t pixel_stride, int32_t end) {
        data_[pieces_] = data;
        strides_[pieces_] = pixel_stride;
        ends_[pieces_++] = end;
    }

  private:
    int32_t pieces_ = 0;
    const Element *data_[LANES]; // a piece's first channel at pixel 0
    int64_t strides_[LANES];
    int32_t ends_[LANES]; // the lane after a piece's last
};

// Goes through a step's input vector by vector; the last one may have fewer channels.
class ChannelVectors {
  public:
    HN_ALWAYS_INLINE explicit ChannelVectors(const hn_step &step) : segment_(step.segments), left_(step.in_c) {}

    HN_ALWAYS_INLINE bool more() const { return left_ > 0; }

    HN_ALWAYS_INLINE ChannelVector next() {
        ChannelVector vector;
        int32_t lane = 0;
        while (lane < LANES && left_ > 0) {
            const int32_t channels = smaller_of(LANES - lane, segment_->channels - channel_);
            lane += channels;
            vector.append(map_of(*segment_) + channel_, segment_->pixel_stride, lane);
            left_ -= channels;
            channel_ += channels;
            if (channel_ == segment_->channels) {
                segment_++;
                channel_ = 0;
            }
        }
        return vector;
    }

  private:
    const hn_segment *segment_;
    int32_t channel_ = 0;
    int32_t left_;
};

} // namespace
} // namespace hardnet::HN_TIER

#endif
