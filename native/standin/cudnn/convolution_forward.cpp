// Stand-in CUDA for tests (standin.h says what it proves and what not): cuDNN's legacy convolution.
#include "algorithm_list.h"

namespace standin {

namespace {

using ForwardAlgorithm = Algorithm<cudnnConvolutionFwdAlgo_t>;

constexpr size_t KIBI = 1024;

bool channels_last_half(const Problem &p) { return p.is_half() && p.is_channels_last(); }

// All compute the same; they differ in their workspace and in what they refuse.
std::vector<ForwardAlgorithm> algorithms(const Problem &p) {
    const bool plain = !channels_last_half(p);
    const bool packed_floats = !p.is_half() && p.is_packed() && p.settings.groups == 1;
    const bool winograd = plain && p.is_3x3_step_1();
    const auto filter = static_cast<size_t>(p.w.size[N] * p.taps());
    const auto columns = static_cast<size_t>(p.taps() * p.y.size[H] * p.y.size[W]);
    return {
        {CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD, winograd, filter * sizeof(float), CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM, true, static_cast<size_t>(p.taps()) * 4 + KIBI,
         CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM, plain, 0, CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_FWD_ALGO_GEMM, packed_floats && p.is_step_1(), columns * sizeof(float),
         CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_FWD_ALGO_FFT, packed_floats && p.is_step_1(), filter * 2 * sizeof(float) + KIBI,
         CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_FWD_ALGO_FFT_TILING, packed_floats && p.is_step_1(), filter * sizeof(float) + KIBI,
         CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD_NONFUSED, winograd && !p.is_half(), filter * 4 * sizeof(float),
         CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_FWD_ALGO_DIRECT, false, 0, CUDNN_DETERMINISTIC},
    };
}

} // namespace

} // namespace standin

using namespace standin;

cudnnStatus_t cudnnGetConvolutionForwardAlgorithmMaxCount(cudnnHandle_t handle, int *count) {
    return counted("cudnnGetConvolutionForwardAlgorithmMaxCount", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        if (handles().find(handle) == nullptr || count == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the handle is not alive, or the place for the count is null");
        }
        *count = CUDNN_CONVOLUTION_FWD_ALGO_COUNT;
        return CUDNN_STATUS_SUCCESS;
    });
}

cudnnStatus_t cudnnGetConvolutionForwardAlgorithm_v7(cudnnHandle_t handle, cudnnTensorDescriptor_t x,
                                                     cudnnFilterDescriptor_t w, cudnnConvolutionDescriptor_t conv,
                                                     cudnnTensorDescriptor_t y, int requested, int *returned,
                                                     cudnnConvolutionFwdAlgoPerf_t *results) {
    return counted("cudnnGetConvolutionForwardAlgorithm_v7", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        Problem problem;
        const cudnnStatus_t status = describe(handle, x, w, conv, y, &problem);
        return status == CUDNN_STATUS_SUCCESS ? list(algorithms(problem), problem, requested, returned, results)
                                              : status;
    });
}

cudnnStatus_t cudnnGetConvolutionForwardWorkspaceSize(cudnnHandle_t handle, cudnnTensorDescriptor_t x,
                                                      cudnnFilterDescriptor_t w, cudnnConvolutionDescriptor_t conv,
                                                      cudnnTensorDescriptor_t y, cudnnConvolutionFwdAlgo_t algo,
                                                      size_t *bytes) {
    return counted("cudnnGetConvolutionForwardWorkspaceSize", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        Problem problem;
        const cudnnStatus_t status = describe(handle, x, w, conv, y, &problem);
        return status == CUDNN_STATUS_SUCCESS ? workspace_bytes(algorithms(problem), algo, bytes) : status;
    });
}

cudnnStatus_t cudnnConvolutionForward(cudnnHandle_t handle, const void *alpha, cudnnTensorDescriptor_t x,
                                      const void *x_data, cudnnFilterDescriptor_t w, const void *w_data,
                                      cudnnConvolutionDescriptor_t conv, cudnnConvolutionFwdAlgo_t algo,
                                      void *workspace, size_t bytes, const void *beta, cudnnTensorDescriptor_t y,
                                      void *y_data) {
    return counted("cudnnConvolutionForward", CUDNN_STATUS_EXECUTION_FAILED, [&] {
        Problem problem;
        size_t needed = 0;
        cudnnStatus_t status = describe(handle, x, w, conv, y, &problem);
        if (status == CUDNN_STATUS_SUCCESS) {
            status = workspace_bytes(algorithms(problem), algo, &needed);
        }
        if (status != CUDNN_STATUS_SUCCESS) {
            return status;
        }
        return execute(handle, forward_correlation(problem), problem.w,
                       {alpha, beta, x_data, w_data, y_data, workspace, bytes, needed});
    });
}
