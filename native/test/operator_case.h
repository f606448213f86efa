// One operator with random input, weights and strides in buffers that hold what the step describes and not
// a float more.
#ifndef HARDNET_TEST_OPERATOR_CASE_H
#define HARDNET_TEST_OPERATOR_CASE_H

#include "aligned.h"
#include "hardnet.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

using Random = std::mt19937;

int32_t pick(Random &random, int32_t least, int32_t most);

// Sizes of a window operator's output along one axis.
int32_t output_size(const hn_step &sizes, int32_t in, bool round_up);

class OperatorCase {
  public:
    // sizes: the step without pointers, output_stride and segments. segment_channels add up to in_c.
    OperatorCase(const hn_step &sizes, std::vector<int32_t> segment_channels, Random &random);

    // The step, with weights packed for the tier.
    hn_step step(int32_t tier);

    // Makes every output NaN, so that one which is not written shows, and marks what lies between.
    void clear_output();

    std::vector<float> output() const;

    bool gaps_untouched() const;

    // By plain loops, in double.
    std::vector<double> expected() const;

    std::string name() const;

    // The element of the input, 0 in the padding.
    float input(int64_t n, int64_t y, int64_t x, int64_t c) const;
    void set_input(int64_t n, int64_t y, int64_t x, int64_t c, float value);

  private:
    struct Map {
        Aligned memory;
        hn_segment segment;
    };

    void make_segment(int32_t channels, Random &random);
    double expected_at(int64_t n, int64_t y, int64_t x, int64_t c) const;
    double activated(double value) const;

    hn_step sizes_;
    std::vector<Map> maps_;
    std::vector<hn_segment> segments_;
    std::vector<float> weights_;
    std::vector<float> bias_;
    Aligned output_memory_;
    Aligned packed_;
};

// Norm of the difference over norm of what is expected; NaN when any output is.
double relative_error(const std::vector<float> &output, const std::vector<double> &expected);

std::vector<int32_t> supported_tiers();

#endif
