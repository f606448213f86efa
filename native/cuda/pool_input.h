// What pools read: the input after the shift and the limits of the operator before, which so need not write its result.
#ifndef HN_CUDA_POOL_INPUT_H
#define HN_CUDA_POOL_INPUT_H

#include "view.h"

namespace hn {

template <typename T, int PACK> class PoolInput {
  public:
    HN_DEVICE PoolInput(const hn_params &p, int32_t n, int32_t pack)
        : p_(p), plane_(p.in[0], n, pack), shifts_(all<PACK>(0)) {
        if (p.in_shift != nullptr) {
            shifts_ = numbers<PACK>(p.in_shift + pack * PACK, p.in_c - pack * PACK);
        }
    }

    HN_DEVICE Values<PACK> at(int32_t pixel) const {
        Values<PACK> values = plane_.at(pixel);
        for_channels<PACK>([&](int32_t i) { values.v[i] = limit(values.v[i] + shifts_.v[i], p_.in_low, p_.in_high); });
        return values;
    }

  private:
    const hn_params &p_;
    Plane<T, PACK> plane_;
    Values<PACK> shifts_;
};

} // namespace hn

#endif
