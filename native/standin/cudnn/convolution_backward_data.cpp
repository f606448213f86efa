// Stand-in CUDA for tests (standin.h says what it proves and what not):
// cuDNN's legacy gradient of a convolution, which is the transposed convolution.
#include "algorithm_list.h"

namespace standin {

namespace {

using BackwardAlgorithm = Algorithm<cudnnConvolutionBwdDataAlgo_t>;

constexpr size_t KIBI = 1024;

std::vector<BackwardAlgorithm> algorithms(const Problem &p) {
    const auto bytes = static_cast<size_t>(p.taps()) * sizeof(float);
    return {
        {CUDNN_CONVOLUTION_BWD_DATA_ALGO_0, !p.is_half(), 0, CUDNN_NON_DETERMINISTIC},
        {CUDNN_CONVOLUTION_BWD_DATA_ALGO_1, true, bytes + KIBI, CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_BWD_DATA_ALGO_FFT, false, 0, CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_BWD_DATA_ALGO_FFT_TILING, false, 0, CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_BWD_DATA_ALGO_WINOGRAD, false, 0, CUDNN_DETERMINISTIC},
        {CUDNN_CONVOLUTION_BWD_DATA_ALGO_WINOGRAD_NONFUSED, false, 0, CUDNN_DETERMINISTIC},
    };
}

} // namespace

} // namespace standin

using namespace standin;

cudnnStatus_t cudnnGetConvolutionBackwardDataAlgorithmMaxCount(cudnnHandle_t handle, int *count) {
    return counted("cudnnGetConvolutionBackwardDataAlgorithmMaxCount", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        if (handles().find(handle) == nullptr || count == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the handle is not alive, or the place for the count is null");
        }
        *count = CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT;
        return CUDNN_STATUS_SUCCESS;
    });
}

cudnnStatus_t cudnnGetConvolutionBackwardDataAlgorithm_v7(cudnnHandle_t handle, cudnnFilterDescriptor_t w,
                                                          cudnnTensorDescriptor_t dy,
                                                          cudnnConvolutionDescriptor_t conv,
                                                          cudnnTensorDescriptor_t dx, int requested, int *returned,
                                                          cudnnConvolutionBwdDataAlgoPerf_t *results) {
    return counted("cudnnGetConvolutionBackwardDataAlgorithm_v7", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        Problem problem;
        const cudnnStatus_t status = describe(handle, dx, w, conv, dy, &problem);
        return status == CUDNN_STATUS_SUCCESS ? list(algorithms(problem), problem, requested, returned, results)
                                              : status;
    });
}

cudnnStatus_t cudnnGetConvolutionBackwardDataWorkspaceSize(cudnnHandle_t handle, cudnnFilterDescriptor_t w,
                                                           cudnnTensorDescriptor_t dy,
                                                           cudnnConvolutionDescriptor_t conv,
                                                           cudnnTensorDescriptor_t dx,
                                                           cudnnConvolutionBwdDataAlgo_t algo, size_t *bytes) {
    return counted("cudnnGetConvolutionBackwardDataWorkspaceSize", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        Problem problem;
        const cudnnStatus_t status = describe(handle, dx, w, conv, dy, &problem);
        return status == CUDNN_STATUS_SUCCESS ? workspace_bytes(algorithms(problem), algo, bytes) : status;
    });
}

cudnnStatus_t cudnnConvolutionBackwardData(cudnnHandle_t handle, const void *alpha, cudnnFilterDescriptor_t w,
                                           const void *w_data, cudnnTensorDescriptor_t dy, const void *dy_data,
                                           cudnnConvolutionDescriptor_t conv, cudnnConvolutionBwdDataAlgo_t algo,
                                           void *workspace, size_t bytes, const void *beta,
                                           cudnnTensorDescriptor_t dx, void *dx_data) {
    return counted("cudnnConvolutionBackwardData", CUDNN_STATUS_EXECUTION_FAILED, [&] {
        Problem problem;
        size_t needed = 0;
        cudnnStatus_t status = describe(handle, dx, w, conv, dy, &problem);
        if (status == CUDNN_STATUS_SUCCESS) {
            status = workspace_bytes(algorithms(problem), algo, &needed);
        }
        if (status != CUDNN_STATUS_SUCCESS) {
            return status;
        }
        return execute(handle, backward_correlation(problem), problem.w,
                       {alpha, beta, dy_data, w_data, dx_data, workspace, bytes, needed});
    });
}
