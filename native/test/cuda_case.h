// One launch of a CUDA kernel, compiled as C++: random places for what it reads and writes, and the check of all memory
// that it could reach.
#ifndef HARDNET_TEST_CUDA_CASE_H
#define HARDNET_TEST_CUDA_CASE_H

#include "cuda_strip.h"
#include "host.h"
#include "operator_case.h"

#include <functional>
#include <limits>

constexpr float INFINITE = std::numeric_limits<float>::infinity();
constexpr float NOT_A_NUMBER = std::numeric_limits<float>::quiet_NaN();

// The forms in which every kernel exists.
struct Form {
    const char *suffix;
    Element element;
    int32_t pack;
};

constexpr Form FORMS[] = {
    {"f32", Element::FLOAT32, 1}, {"f16", Element::FLOAT16, 1}, {"f16x8", Element::FLOAT16, 8}};

// How a kernel's blocks share its work: the grids of launch.h.
enum class Work { ELEMENTS, FOURS, PIXELS, PLANES };

// What a block of an own convolution computes.
struct ConvTile {
    const char *kernel;
    int32_t channels;
    int32_t pixels;
};

// N x C x pixels.
struct Tensor {
    int32_t n;
    int32_t channels;
    int32_t pixels;
    std::vector<float> values;

    float &at(int32_t i, int32_t channel, int32_t pixel) {
        return values[(static_cast<size_t>(i) * channels + channel) * pixels + pixel];
    }
};

// Whole numbers of at most 8, of which sums and products are exact.
Tensor whole_numbers(int32_t n, int32_t channels, int32_t pixels, Random &random);

// Numbers between -1 and 1.
Tensor fractions(int32_t n, int32_t channels, int32_t pixels, Random &random);

std::vector<float> whole_numbers(size_t count, Random &random);

// What a kernel computes for channel c of pixel (y, x) of picture n, before scale, shift and limits.
using Formula = std::function<double(int32_t n, int32_t c, int32_t y, int32_t x)>;

class CudaCase {
  public:
    // sizes: n, out_c, out_h and out_w, and whatever the kernel needs beside pointers. Limits are chosen.
    CudaCase(const Form &form, const char *kernel, const hn_params &sizes, Random &random);

    // Puts a tensor, rounded to what memory can hold, where in[index] finds it: as one map or, in parts, by a table.
    void read(int32_t index, Tensor &tensor, int32_t parts);

    // Targets for the whole result and for parts of it. scaled: with random scales and shifts, whole numbers.
    void write(int32_t targets, bool scaled);

    // The same for a kernel that writes float32 channels first, whatever it reads.
    void write_float32(int32_t targets);

    // Channels that the targets hold, padding included: known after write.
    int32_t padded_channels() const;

    void run(Work work);

    // A convolution in params().splits layers, whose sums go to the targets or to a workspace.
    void run_tiles(const ConvTile &tile);

    // A further kernel, with the same parameters.
    void run_next(const char *kernel, Work work);

    // Everything that can be written against a formula. tolerance: relative to the larger of 1 and the value; 0 for
    // exactly the value rounded to the element type.
    void check(const Formula &formula, double tolerance) const;

    hn_params &params() { return params_; }
    std::string name() const;

  private:
    struct Target {
        CudaStrip strip;
        Element element;
        int32_t place; // in the strip
        int32_t first;
        int32_t channels;
        size_t parameters; // scales and shifts begin here in their vectors, aligned or not
        std::vector<float> scales;
        std::vector<float> shifts;
    };

    void set_targets();
    void run_grid(int64_t grid_x, int64_t grid_y, int64_t grid_z);
    int32_t up_to_pack(int32_t channels) const;
    CudaStrip strip(Element element, int32_t channels, int32_t pixels);
    void add_target(Element element, int32_t first, int32_t channels, bool scaled);
    double result(const Target &target, int32_t channel, double value) const;
    void check_target(const Target &target, const Formula &formula, double tolerance) const;
    void check_element(const Target &target, int32_t n, int32_t channel, int32_t pixel, const Formula &formula,
                       double tolerance) const;

    Form form_;
    std::string kernel_;
    hn_params params_;
    Random &random_;
    std::vector<CudaStrip> inputs_;
    std::vector<hn_pack> packs_[2];
    std::vector<Target> targets_;
};

#endif
