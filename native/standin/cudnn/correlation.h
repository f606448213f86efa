// What every convolution comes down to: the correlation of planes with filters, and what is done to its sums.
#ifndef HARDNET_STANDIN_CORRELATION_H
#define HARDNET_STANDIN_CORRELATION_H

#include "export.h"
#include "tensor.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace standin {

// A step after the sums: an operand is added or multiplied, or the values are limited.
struct Stage {
    enum Kind { ADD, MULTIPLY, CLIP };

    Kind kind;
    Tensor operand; // strides are 0 where it is broadcast
    const void *data = nullptr;
    float low = -std::numeric_limits<float>::infinity();
    float high = std::numeric_limits<float>::infinity();
};

// Rows and columns of one thing.
struct Pair {
    int64_t h;
    int64_t w;
};

// Where the filters' elements stand, counted in elements from the first of the memory.
struct FilterLayout {
    int64_t origin;
    int64_t group;
    int64_t out;
    int64_t in;
    int64_t row;
    int64_t column;
};

// Element (y, x) of the source stands at (y * spread.h + origin.h, x * spread.w + origin.w) of a plane of zeros, over
// which the filters go in steps.
struct Correlation {
    Tensor source;
    const void *source_data;
    Pair origin;
    Pair spread;

    cudnnDataType_t filter_type;
    const void *filter_data;
    FilterLayout filter;
    Pair kernel;
    Pair dilation;
    Pair step;

    int64_t groups;
    Tensor result;
    void *result_data;
    float alpha;
    float beta;
    std::vector<Stage> stages;
};

// result = stages(alpha * correlation) + beta * result, computed in float32.
STANDIN_INTERNAL void correlate(const Correlation &correlation);

} // namespace standin

#endif
