// Memory in which feature maps stand side by side as channel ranges, as the CUDA kernels read and write it: float32
// channels first, float16 channels last. It is exactly as long as its elements, so that a sanitizer sees what goes
// beyond, and everything in it is a guard until it is set.
#ifndef HARDNET_TEST_CUDA_STRIP_H
#define HARDNET_TEST_CUDA_STRIP_H

#include "aligned.h"
#include "params.h"

enum class Element { FLOAT32, FLOAT16 };

// The number that an element of that type can hold, nearest to the given one.
float rounded_to(Element element, float value);

class CudaStrip {
  public:
    CudaStrip(Element element, int32_t n, int32_t channels, int32_t pixels, float guard);

    // The map that begins at a channel.
    hn_map map(int32_t first_channel) const;

    int32_t channels() const { return channels_; }
    float get(int32_t n, int32_t channel, int32_t pixel) const;
    void set(int32_t n, int32_t channel, int32_t pixel, float value);
    bool is_guard(int32_t n, int32_t channel, int32_t pixel) const;

  private:
    size_t index(int32_t n, int32_t channel, int32_t pixel) const;

    Element element_;
    int32_t channels_;
    int32_t pixels_;
    float guard_;
    Aligned memory_;
};

#endif
