// The lists of algorithms that cuDNN answers with, fastest first and what it does not support last.
#ifndef HARDNET_STANDIN_ALGORITHM_LIST_H
#define HARDNET_STANDIN_ALGORITHM_LIST_H

#include "convolution_problem.h"

#include <algorithm>
#include <vector>

namespace standin {

// One way to compute a problem; the workspace counts only where it is supported.
template <class Algo> struct Algorithm {
    Algo algo;
    bool supported;
    size_t workspace;
    cudnnDeterminism_t determinism;
};

template <class Algo> const Algorithm<Algo> *find_algorithm(const std::vector<Algorithm<Algo>> &all, Algo algo) {
    for (const Algorithm<Algo> &each : all) {
        if (each.algo == algo) {
            return &each;
        }
    }
    return nullptr;
}

template <class Algo>
cudnnStatus_t workspace_bytes(const std::vector<Algorithm<Algo>> &all, Algo algo, size_t *bytes) {
    const Algorithm<Algo> *found = find_algorithm(all, algo);
    if (found == nullptr || bytes == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "the algorithm is unknown, or the place for the size is null");
    }
    if (!found->supported) {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the algorithm does not support the convolution");
    }
    *bytes = found->workspace;
    return CUDNN_STATUS_SUCCESS;
}

template <class Algo, class Perf>
cudnnStatus_t list(std::vector<Algorithm<Algo>> all, const Problem &problem, int requested, int *returned,
                   Perf *results) {
    if (requested < 1 || returned == nullptr || results == nullptr) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "no algorithm is requested, or the place for results is null");
    }
    std::stable_partition(all.begin(), all.end(), [](const Algorithm<Algo> &each) { return each.supported; });
    *returned = std::min(requested, static_cast<int>(all.size()));
    for (int i = 0; i < *returned; i++) {
        const Algorithm<Algo> &from = all[static_cast<size_t>(i)];
        const cudnnStatus_t status = from.supported ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_NOT_SUPPORTED;
        const size_t memory = from.supported ? from.workspace : 0;
        const cudnnMathType_t math = problem.is_half() ? CUDNN_TENSOR_OP_MATH : problem.settings.math;
        results[i] = {from.algo, status, -1.0f, memory, from.determinism, math, {}};
    }
    return CUDNN_STATUS_SUCCESS;
}

} // namespace standin

#endif
