// A convolution as the legacy interface describes it: what both directions share.
#ifndef HARDNET_STANDIN_CONVOLUTION_PROBLEM_H
#define HARDNET_STANDIN_CONVOLUTION_PROBLEM_H

#include "descriptors.h"

#include <cstddef>

namespace standin {

// The convolution computes y from x; its gradient computes x from y.
struct Problem {
    Tensor x;
    Tensor w;
    Tensor y;
    ConvolutionSettings settings;

    bool is_3x3_step_1() const;
    bool is_step_1() const;
    bool is_packed() const;      // x and y stand channels first, without gaps
    bool is_channels_last() const;
    bool is_half() const { return x.type == CUDNN_DATA_HALF; }
    int64_t taps() const { return w.size[C] * w.size[H] * w.size[W]; }
};

Registry<cudnnConvolutionDescriptor_t, ConvolutionSettings> &convolution_descriptors();

// Fills the problem in; a status other than success says what is wrong.
cudnnStatus_t describe(cudnnHandle_t handle, cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w,
                       cudnnConvolutionDescriptor_t convolution, cudnnTensorDescriptor_t y, Problem *problem);

// The correlation that computes y from x, or x from y; factors and memory are left open.
Correlation forward_correlation(const Problem &problem);
Correlation backward_correlation(const Problem &problem);

// What an execution is called with beside the problem.
struct Execution {
    const void *alpha;
    const void *beta;
    const void *source;
    const void *filter;
    void *result;
    void *workspace;
    size_t workspace_bytes;
    size_t needed_bytes;
};

// Checks what can be checked at once, and does the work on the handle's stream.
cudnnStatus_t execute(cudnnHandle_t handle, Correlation correlation, const Tensor &filter, const Execution &execution);

} // namespace standin

#endif
