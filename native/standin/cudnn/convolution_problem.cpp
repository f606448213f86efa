// Stand-in CUDA for tests (standin.h says what it proves and what not):
// what cuDNN's legacy convolution and its gradient share.
#include "convolution_problem.h"

#include "memory.h"

#include <cstring>

namespace standin {

namespace {

// What real algorithms leave in their workspace is of no use to anybody else.
constexpr uint8_t WORKSPACE_GARBAGE = 0xcd;

int64_t window(int64_t kernel, int64_t dilation) { return (kernel - 1) * dilation + 1; }

int64_t out_size(int64_t in, int64_t padding, int64_t kernel, int64_t dilation, int64_t step) {
    const int64_t room = in + 2 * padding - window(kernel, dilation);
    return room < 0 ? 0 : room / step + 1;
}

bool types_agree(const Problem &problem) {
    return problem.x.type == problem.w.type && problem.x.type == problem.y.type;
}

bool sizes_agree(const Problem &p) {
    const ConvolutionSettings &s = p.settings;
    return p.x.size[N] == p.y.size[N] && p.x.size[C] == p.w.size[C] * s.groups && p.y.size[C] == p.w.size[N] &&
           p.w.size[N] % s.groups == 0 &&
           p.y.size[H] == out_size(p.x.size[H], s.padding.h, p.w.size[H], s.dilation.h, s.step.h) &&
           p.y.size[W] == out_size(p.x.size[W], s.padding.w, p.w.size[W], s.dilation.w, s.step.w);
}

} // namespace

bool Problem::is_step_1() const {
    return settings.step.h == 1 && settings.step.w == 1 && settings.dilation.h == 1 && settings.dilation.w == 1;
}

bool Problem::is_3x3_step_1() const { return is_step_1() && w.size[H] == 3 && w.size[W] == 3; }

bool Problem::is_packed() const {
    return x.stride == packed_strides(x.size, CUDNN_TENSOR_NCHW) &&
           y.stride == packed_strides(y.size, CUDNN_TENSOR_NCHW);
}

bool Problem::is_channels_last() const { return x.stride[C] == 1 && x.size[H] * x.size[W] > 1; }

cudnnStatus_t describe(cudnnHandle_t handle, cudnnTensorDescriptor_t x, cudnnFilterDescriptor_t w,
                       cudnnConvolutionDescriptor_t convolution, cudnnTensorDescriptor_t y, Problem *problem) {
    const Tensor *from = tensor_descriptors().find(x);
    const FilterTensor *filter = filter_descriptors().find(w);
    const Tensor *to = tensor_descriptors().find(y);
    const ConvolutionSettings *settings = convolution_descriptors().find(convolution);
    if (handles().find(handle) == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "the handle is not alive");
    }
    if (from == nullptr || filter == nullptr || to == nullptr || settings == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a descriptor is not alive");
    }
    if (!from->is_set() || !filter->is_set() || !to->is_set() || !settings->is_set()) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a descriptor was created but not set");
    }
    *problem = {*from, *filter, *to, *settings};
    if (!types_agree(*problem)) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "the data types of the tensors and the filter differ");
    }
    return sizes_agree(*problem) ? CUDNN_STATUS_SUCCESS
                                 : refuse(CUDNN_STATUS_BAD_PARAM, "the sizes of the tensors and the filter disagree");
}

Correlation forward_correlation(const Problem &p) {
    const ConvolutionSettings &s = p.settings;
    Correlation c = {};
    c.source = p.x;
    c.origin = s.padding;
    c.spread = {1, 1};
    c.filter_type = p.w.type;
    c.filter = {0, p.w.size[N] / s.groups * p.w.stride[N], p.w.stride[N], p.w.stride[C], p.w.stride[H], p.w.stride[W]};
    c.kernel = {p.w.size[H], p.w.size[W]};
    c.dilation = s.dilation;
    c.step = s.step;
    c.groups = s.groups;
    c.result = p.y;
    return c;
}

// The gradient correlates y, spread out by the steps, with the filters turned by half a turn.
Correlation backward_correlation(const Problem &p) {
    Correlation c = forward_correlation(p);
    const ConvolutionSettings &s = p.settings;
    c.source = p.y;
    c.result = p.x;
    c.origin = {window(p.w.size[H], s.dilation.h) - 1 - s.padding.h,
                window(p.w.size[W], s.dilation.w) - 1 - s.padding.w};
    c.spread = s.step;
    c.step = {1, 1};
    c.filter.origin = (p.w.size[H] - 1) * p.w.stride[H] + (p.w.size[W] - 1) * p.w.stride[W];
    c.filter.out = p.w.stride[C];
    c.filter.in = p.w.stride[N];
    c.filter.row = -p.w.stride[H];
    c.filter.column = -p.w.stride[W];
    return c;
}

cudnnStatus_t execute(cudnnHandle_t handle, Correlation c, const Tensor &filter, const Execution &e) {
    if (e.alpha == nullptr || e.beta == nullptr || e.source == nullptr || e.filter == nullptr || e.result == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "a factor or a tensor's memory is null");
    }
    if (e.needed_bytes > 0 && (e.workspace == nullptr || e.workspace_bytes < e.needed_bytes)) {
        return refuse(CUDNN_STATUS_BAD_PARAM_SIZE_INSUFFICIENT, "the workspace is smaller than the algorithm needs");
    }
    c.source_data = e.source;
    c.filter_data = e.filter;
    c.result_data = e.result;
    c.alpha = *static_cast<const float *>(e.alpha);
    c.beta = *static_cast<const float *>(e.beta);
    return execute(handle, [c, filter, workspace = e.workspace, bytes = e.needed_bytes] {
        if (!is_in_device_memory(c.source, c.source_data) || !is_in_device_memory(filter, c.filter_data) ||
            !is_in_device_memory(c.result, c.result_data) || (bytes > 0 && !device_memory().holds(workspace, bytes))) {
            return CUDA_ERROR_ILLEGAL_ADDRESS;
        }
        if (bytes > 0) {
            memset(workspace, WORKSPACE_GARBAGE, bytes);
        }
        correlate(c);
        return CUDA_SUCCESS;
    });
}

} // namespace standin
