// An output of an operator, exactly as long as its step describes, that tells what was written and what was not.
#ifndef HARDNET_TEST_OUTPUT_MEMORY_H
#define HARDNET_TEST_OUTPUT_MEMORY_H

#include "aligned.h"

#include <cstdint>
#include <vector>

class OutputMemory {
  public:
    // Of an hn_element, or of INDEX.
    OutputMemory(int64_t pixels, int64_t channels, int64_t pixel_stride, int32_t element);

    static constexpr int32_t INDEX = -1;

    void *data() const { return memory_.get(); }
    int64_t pixel_stride() const { return pixel_stride_; }

    // Makes every element NaN, or an index that no test expects, and marks what lies between the pixels.
    void clear();

    // The elements without what lies between.
    std::vector<float> values() const;

    bool gaps_untouched() const;

  private:
    int64_t length() const { return (pixels_ - 1) * pixel_stride_ + channels_; }
    bool is_gap(int64_t index) const { return index % pixel_stride_ >= channels_; }
    float at(int64_t index) const;
    void set(int64_t index, float value);

    int64_t pixels_;
    int64_t channels_;
    int64_t pixel_stride_;
    int32_t element_;
    Aligned memory_;
};

#endif
