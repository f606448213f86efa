// Reading a view.
#ifndef HN_CUDA_VIEW_H
#define HN_CUDA_VIEW_H

#include "packs.h"

namespace hn {

// All pixels of one pack of channels, in one picture.
template <typename T, int PACK> class Plane {
  public:
    HN_DEVICE Plane(const hn_view &view, int32_t n, int32_t pack) {
        if (view.packs != nullptr) {
            const hn_pack &entry = view.packs[pack];
            data_ = static_cast<const T *>(entry.data) + n * entry.n_stride;
            stride_ = entry.p_stride;
        } else {
            const int64_t channel = static_cast<int64_t>(pack) * PACK;
            data_ = static_cast<const T *>(view.map.data) + n * view.map.n_stride + channel * view.map.c_stride;
            stride_ = view.map.p_stride;
        }
    }

    HN_DEVICE const T *from(int32_t pixel) const { return data_ + pixel * stride_; }
    HN_DEVICE Values<PACK> at(int32_t pixel) const { return load<PACK>(from(pixel)); }

  private:
    const T *data_;
    int64_t stride_;
};

} // namespace hn

#endif
