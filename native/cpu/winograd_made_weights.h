// Weights at a point that are made of a slice's kept values where they are multiplied: fewer bytes come from memory,
// and the making hides beside the multiply-adds of a group of tiles. The other groups read what this one has made.
#ifndef HARDNET_CPU_WINOGRAD_MADE_WEIGHTS_H
#define HARDNET_CPU_WINOGRAD_MADE_WEIGHTS_H

#include "conv_tile.h"
#include "winograd_transform.h"

namespace hardnet::HN_TIER {
namespace {

// As StoredWeights, of one input channel after the other.
template <typename F, int NR> class MadeWeights {
  public:
    // Elements of what comes next that each of a slice's points fetches, per input channel: its share.
    static constexpr int64_t FETCHED = F::KEPT * NR * LANES / F::POINTS;

    // kept: [input channel][kept value][NR * LANES]. Without a next reader all channels are written to one place.
    MadeWeights(const Element *kept, const Expansion &expansion, float *made, bool read_again, const Element *fetched)
        : base_(kept + expansion.base * NR * LANES), other_(kept + expansion.other * NR * LANES),
          factor_(expansion.factor), made_(made), made_stride_(read_again ? NR * LANES : 0), fetched_(fetched) {}

    HN_ALWAYS_INLINE void next(Vec (&values)[NR]) {
#pragma GCC unroll 16
        for (int r = 0; r < NR; r++) {
            values[r] = multiply_add(broadcast(+factor_), load(other_ + r * LANES), load(base_ + r * LANES));
            store(made_ + r * LANES, values[r]);
        }
#pragma GCC unroll 2
        for (int64_t i = 0; i < FETCHED; i += LINE) {
            __builtin_prefetch(fetched_ + i, 0, 2);
        }
        base_ += F::KEPT * NR * LANES;
        other_ += F::KEPT * NR * LANES;
        made_ += made_stride_;
        fetched_ += FETCHED;
    }

  private:
    static constexpr int64_t LINE = 64 / sizeof(Element);

    const Element *base_;
    const Element *other_;
    float factor_;
    float *made_;
    int64_t made_stride_;
    const Element *fetched_;
};

} // namespace
} // namespace hardnet::HN_TIER

#endif
