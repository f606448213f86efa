// One operator with random input, weights and strides in buffers that hold what the step describes and not
// an element more.
#ifndef HARDNET_TEST_OPERATOR_CASE_H
#define HARDNET_TEST_OPERATOR_CASE_H

#include "aligned.h"
#include "hardnet.h"
#include "output_memory.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

using Random = std::mt19937;

int32_t pick(Random &random, int32_t least, int32_t most);

// Channels of segments that add up to channels, at most parts of them.
std::vector<int32_t> split(int32_t channels, int32_t parts, Random &random);

// An operator without a window and with as many channels and pixels in its output as in its input; to be changed.
hn_step sizes_of(int32_t kind, int32_t n, int32_t in_c, int32_t in_h, int32_t in_w);

// The size of a window operator's output along one axis.
int32_t output_size(const hn_step &sizes, int32_t in, int32_t kernel, int32_t padding, bool round_up);

class OperatorCase {
  public:
    // sizes: the step without pointers, strides and segments. segment_channels add up to in_c.
    OperatorCase(const hn_step &sizes, std::vector<int32_t> segment_channels, Random &random);

    // The step, with weights packed for the tier and the way of convolution.
    hn_step step(int32_t tier, int32_t convolution = HN_CHOSEN);

    // Makes input and weights what elements of that type can hold.
    void round_to(int32_t element);

    void clear_output();

    // All outputs, one after the other.
    std::vector<float> output() const;

    bool gaps_untouched() const;

    // What the halves of HN_CONV_DEPTHWISE give as steps of their own, in a program of both.
    std::vector<float> output_of_halves(int32_t tier) const;

    // By plain loops, in double, of the input and the weights as the step's element can hold them.
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
    void make_outputs(Random &random);
    double expected_at(const std::vector<double> &sums, int32_t output, int64_t n, int64_t y, int64_t x,
                       int64_t c) const;
    double window_at(int64_t n, int64_t y, int64_t x, int64_t c) const;
    double resized_at(int64_t n, int64_t y, int64_t x, int64_t c) const;
    double normed_at(int32_t output, int64_t n, int64_t y, int64_t x, int64_t c) const;
    double l2_norm_at(int64_t n, int64_t y, int64_t x, int64_t c) const;
    std::vector<double> channel_sums() const;
    double pointwise_at(int64_t n, int64_t y, int64_t x, int64_t c) const;
    double pointwise_window_at(int64_t n, int64_t y, int64_t x, int64_t c) const;
    double transposed_at(int64_t n, int64_t y, int64_t x, int64_t c) const;
    double activated(double value) const;

    hn_step sizes_;
    std::vector<Map> maps_;
    std::vector<hn_segment> segments_;
    std::vector<float> weights_;
    std::vector<float> bias_;
    std::vector<OutputMemory> outputs_;
    std::vector<hn_output> extra_outputs_;
    Aligned packed_;
};

// Runs steps as a program; name is for the message when it is refused.
void run_steps(int32_t tier, const std::vector<hn_step> &steps, int32_t threads, const std::string &name);
void run_step(int32_t tier, const hn_step &step, int32_t threads, const std::string &name);

bool same_bits(const std::vector<float> &a, const std::vector<float> &b);

// Norm of the difference over norm of what is expected; NaN when any output is.
double relative_error(const std::vector<float> &output, const std::vector<double> &expected);

std::vector<int32_t> supported_tiers();

#endif
