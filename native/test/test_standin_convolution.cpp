// The stand-in's legacy convolutions against plain loops, on channel ranges of strips, and what they refuse.
#include "standin_tensor.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <cstring>
#include <limits>

namespace {

constexpr float ONE = 1;
constexpr float ZERO = 0;
constexpr size_t MEBI = 1 << 20;

// A handle and the descriptors of one convolution.
class Descriptors {
  public:
    Descriptors(const StripSlice &x, const StripSlice &w, const ConvolutionShape &s, const StripSlice &y) {
        cudnnCreate(&handle);
        cudnnCreateTensorDescriptor(&x_);
        cudnnCreateTensorDescriptor(&y_);
        cudnnCreateFilterDescriptor(&w_);
        cudnnCreateConvolutionDescriptor(&conv);
        describe(x_, x);
        describe(y_, y);
        const Size &size = w.size();
        const auto format = w.stride()[1] == 1 ? CUDNN_TENSOR_NHWC : CUDNN_TENSOR_NCHW;
        CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                     cudnnSetFilter4dDescriptor(w_, w.type(), format, size[0], size[1], size[2], size[3]));
        CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                     cudnnSetConvolution2dDescriptor(conv, s.pad_h, s.pad_w, s.step_h, s.step_w, s.dilation_h,
                                                     s.dilation_w, CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT));
        CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnSetConvolutionGroupCount(conv, s.groups));
    }
    ~Descriptors() {
        cudnnDestroyConvolutionDescriptor(conv);
        cudnnDestroyFilterDescriptor(w_);
        cudnnDestroyTensorDescriptor(y_);
        cudnnDestroyTensorDescriptor(x_);
        cudnnDestroy(handle);
    }
    Descriptors(const Descriptors &) = delete;
    Descriptors &operator=(const Descriptors &) = delete;

    cudnnHandle_t handle = nullptr;
    cudnnTensorDescriptor_t x_ = nullptr;
    cudnnTensorDescriptor_t y_ = nullptr;
    cudnnFilterDescriptor_t w_ = nullptr;
    cudnnConvolutionDescriptor_t conv = nullptr;

  private:
    static void describe(cudnnTensorDescriptor_t descriptor, const StripSlice &slice) {
        const Size &size = slice.size();
        const Size &stride = slice.stride();
        CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                     cudnnSetTensor4dDescriptorEx(descriptor, slice.type(), size[0], size[1], size[2], size[3],
                                                  stride[0], stride[1], stride[2], stride[3]));
    }
};

// What a convolution is made of; x and y lie inside strips of more channels.
struct Operands {
    StripSlice x;
    StripSlice w;
    StripSlice y;
    ConvolutionShape shape;
};

Operands operands(cudnnDataType_t type, bool channels_last, Size x, Size w, const ConvolutionShape &s) {
    const Size y = {x[0], w[0], out_size(x[2], s.pad_h, w[2], s.dilation_h, s.step_h),
                    out_size(x[3], s.pad_w, w[3], s.dilation_w, s.step_w)};
    return {StripSlice(type, channels_last, x, 3, x[1] + 5), StripSlice(type, channels_last, w, 0, w[1]),
            StripSlice(type, channels_last, y, 2, y[1] + 6), s};
}

double tolerance(cudnnDataType_t type) { return type == CUDNN_DATA_HALF ? 1e-3 : 5e-6; }

// Of sums of terms of both signs: relative to 1 at least.
void check_close(const StripSlice &slice, int n, int c, int h, int w, double expected, const char *what) {
    const double got = slice.at(n, c, h, w);
    const double error = std::abs(got - expected) / std::max(1.0, std::abs(expected));
    CHECK(error <= tolerance(slice.type()), "%s: %.9g at %d %d %d %d, expected %.9g", what, got, n, c, h, w, expected);
}

int64_t slice_bytes(const StripSlice &slice) {
    const Size &size = slice.size();
    return int64_t{size[0]} * size[1] * size[2] * size[3] * slice.element_bytes();
}

void check_forward(cudnnDataType_t type, bool channels_last, Size x, Size w, const ConvolutionShape &shape) {
    std::mt19937 random(1);
    Operands o = operands(type, channels_last, x, w, shape);
    o.x.fill(random);
    o.w.fill(random);
    const Descriptors d(o.x, o.w, shape, o.y);
    DeviceArray<uint8_t> workspace(MEBI);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnConvolutionForward(d.handle, &ONE, d.x_, o.x.data(), d.w_, o.w.data(), d.conv,
                                         CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM, workspace.data(), MEBI,
                                         &ZERO, d.y_, o.y.data()));
    o.y.for_each([&](int n, int c, int h, int v) {
        check_close(o.y, n, c, h, v, plain_forward(o.x, o.w, shape, n, c, h, v), "forward");
    });
    CHECK(o.y.written_bytes() <= slice_bytes(o.y), "%lld bytes were written, expected at most %lld",
          static_cast<long long>(o.y.written_bytes()), static_cast<long long>(slice_bytes(o.y)));
}

// The gradient, by scattering every element of y to what it was computed from.
std::vector<double> plain_backward(const Operands &o) {
    const Size &x = o.x.size();
    const Size &w = o.w.size();
    const ConvolutionShape &s = o.shape;
    std::vector<double> sums(static_cast<size_t>(x[0]) * x[1] * x[2] * x[3]);
    o.y.for_each([&](int n, int k, int row, int column) {
        const int first = k / (w[0] / s.groups) * w[1];
        for (int c = 0; c < w[1]; c++) {
            for (int r = 0; r < w[2]; r++) {
                for (int t = 0; t < w[3]; t++) {
                    const int h = row * s.step_h - s.pad_h + r * s.dilation_h;
                    const int v = column * s.step_w - s.pad_w + t * s.dilation_w;
                    if (h >= 0 && h < x[2] && v >= 0 && v < x[3]) {
                        sums[((static_cast<size_t>(n) * x[1] + first + c) * x[2] + h) * x[3] + v] +=
                            double{o.y.at(n, k, row, column)} * o.w.at(k, c, r, t);
                    }
                }
            }
        }
    });
    return sums;
}

void check_backward(cudnnDataType_t type, bool channels_last, Size x, Size w, const ConvolutionShape &shape) {
    std::mt19937 random(2);
    Operands o = operands(type, channels_last, x, w, shape);
    o.y.fill(random);
    o.w.fill(random);
    const Descriptors d(o.x, o.w, shape, o.y);
    DeviceArray<uint8_t> workspace(MEBI);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnConvolutionBackwardData(d.handle, &ONE, d.w_, o.w.data(), d.y_, o.y.data(), d.conv,
                                              CUDNN_CONVOLUTION_BWD_DATA_ALGO_1, workspace.data(), MEBI, &ZERO, d.x_,
                                              o.x.data()));
    const std::vector<double> expected = plain_backward(o);
    size_t i = 0;
    o.x.for_each([&](int n, int c, int h, int v) { check_close(o.x, n, c, h, v, expected[i++], "backward"); });
}

void convolutions_agree_with_plain_loops() {
    const CurrentContext context;
    for (cudnnDataType_t type : {CUDNN_DATA_FLOAT, CUDNN_DATA_HALF}) {
        for (bool last : {false, true}) {
            check_forward(type, last, {2, 8, 13, 17}, {10, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
            check_forward(type, last, {1, 16, 12, 15}, {8, 16, 3, 3}, {1, 1, 2, 2, 1, 1, 1});
            check_forward(type, last, {1, 50, 9, 31}, {17, 50, 1, 1}, {0, 0, 1, 1, 1, 1, 1});
            check_forward(type, last, {2, 12, 14, 11}, {8, 6, 3, 5}, {3, 0, 1, 2, 2, 1, 2});
            check_forward(type, last, {3, 70, 1, 1}, {40, 70, 1, 1}, {0, 0, 1, 1, 1, 1, 1});
            check_forward(type, last, {1, 8, 5, 7}, {8, 8, 1, 3}, {0, 4, 1, 1, 1, 3, 1});
        }
    }
}

void gradients_agree_with_plain_loops() {
    const CurrentContext context;
    for (cudnnDataType_t type : {CUDNN_DATA_FLOAT, CUDNN_DATA_HALF}) {
        for (bool last : {false, true}) {
            check_backward(type, last, {2, 8, 14, 10}, {16, 8, 2, 2}, {0, 0, 2, 2, 1, 1, 1});
            check_backward(type, last, {1, 8, 15, 11}, {10, 8, 3, 3}, {1, 1, 2, 2, 1, 1, 1});
            check_backward(type, last, {1, 12, 9, 11}, {8, 6, 4, 3}, {2, 0, 2, 1, 1, 2, 2});
            check_backward(type, last, {1, 8, 6, 6}, {8, 8, 1, 1}, {2, 2, 1, 1, 1, 1, 1});
        }
    }
}

void alpha_and_beta_blend() {
    const CurrentContext context;
    Operands o = operands(CUDNN_DATA_FLOAT, false, {1, 1, 1, 2}, {1, 1, 1, 1}, {0, 0, 1, 1, 1, 1, 1});
    o.x.put(0, 0, 0, 0, 3);
    o.x.put(0, 0, 0, 1, 5);
    o.w.put(0, 0, 0, 0, 2);
    o.y.put(0, 0, 0, 0, 100);
    o.y.put(0, 0, 0, 1, 200);
    const Descriptors d(o.x, o.w, o.shape, o.y);
    const float alpha = 10;
    const float beta = 0.5f;
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnConvolutionForward(d.handle, &alpha, d.x_, o.x.data(), d.w_, o.w.data(), d.conv,
                                         CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM, nullptr, 0, &beta, d.y_,
                                         o.y.data()));
    CHECK(o.y.at(0, 0, 0, 0) == 110 && o.y.at(0, 0, 0, 1) == 200, "%f %f", o.y.at(0, 0, 0, 0), o.y.at(0, 0, 0, 1));
}

// Whether the algorithm supports the convolution.
bool supports(const Operands &o, cudnnConvolutionFwdAlgo_t algo) {
    const Descriptors d(o.x, o.w, o.shape, o.y);
    int count = 0;
    cudnnConvolutionFwdAlgoPerf_t results[CUDNN_CONVOLUTION_FWD_ALGO_COUNT];
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnGetConvolutionForwardAlgorithm_v7(d.handle, d.x_, d.w_, d.conv, d.y_,
                                                        CUDNN_CONVOLUTION_FWD_ALGO_COUNT, &count, results));
    CHECK(count == CUDNN_CONVOLUTION_FWD_ALGO_COUNT, "%d algorithms", count);
    const auto *found = std::find_if(results, results + count, [&](const auto &each) { return each.algo == algo; });
    size_t bytes = 0;
    const cudnnStatus_t status =
        cudnnGetConvolutionForwardWorkspaceSize(d.handle, d.x_, d.w_, d.conv, d.y_, algo, &bytes);
    CHECK(status == found->status && bytes == found->memory, "the size says otherwise than the list");
    return status == CUDNN_STATUS_SUCCESS;
}

void algorithms_refuse_what_they_cannot_do() {
    const CurrentContext context;
    const Operands strided =
        operands(CUDNN_DATA_FLOAT, false, {1, 8, 9, 9}, {8, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
    const Operands steps = operands(CUDNN_DATA_FLOAT, false, {1, 8, 9, 9}, {8, 8, 3, 3}, {1, 1, 2, 2, 1, 1, 1});
    const Operands half_last = operands(CUDNN_DATA_HALF, true, {1, 8, 9, 9}, {8, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
    const Operands packed = {StripSlice(CUDNN_DATA_FLOAT, false, {1, 8, 9, 9}, 0, 8),
                             StripSlice(CUDNN_DATA_FLOAT, false, {8, 8, 3, 3}, 0, 8),
                             StripSlice(CUDNN_DATA_FLOAT, false, {1, 8, 9, 9}, 0, 8),
                             {1, 1, 1, 1, 1, 1, 1}};
    CHECK(supports(strided, CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD), "3x3");
    CHECK(!supports(steps, CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD), "stride 2");
    CHECK(!supports(strided, CUDNN_CONVOLUTION_FWD_ALGO_FFT), "strided tensors");
    CHECK(supports(packed, CUDNN_CONVOLUTION_FWD_ALGO_FFT), "packed tensors");
    CHECK(supports(half_last, CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM), "float16, channels last");
    CHECK(!supports(half_last, CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM), "float16, channels last");
    CHECK(!supports(half_last, CUDNN_CONVOLUTION_FWD_ALGO_WINOGRAD), "float16, channels last");
    CHECK(!supports(strided, CUDNN_CONVOLUTION_FWD_ALGO_DIRECT), "nothing");
}

void the_deterministic_gradient_is_algorithm_1() {
    const CurrentContext context;
    const Operands o = operands(CUDNN_DATA_FLOAT, false, {1, 8, 8, 8}, {8, 8, 2, 2}, {0, 0, 2, 2, 1, 1, 1});
    const Descriptors d(o.x, o.w, o.shape, o.y);
    int count = 0;
    cudnnConvolutionBwdDataAlgoPerf_t results[2];
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnGetConvolutionBackwardDataAlgorithm_v7(d.handle, d.w_, d.y_, d.conv, d.x_,
                                                                                  2, &count, results));
    CHECK(count == 2 && results[0].determinism == CUDNN_NON_DETERMINISTIC, "the first is deterministic");
    CHECK(results[1].algo == CUDNN_CONVOLUTION_BWD_DATA_ALGO_1 && results[1].determinism == CUDNN_DETERMINISTIC,
          "the second is not");
}

// The status of a forward convolution with a workspace of so many bytes, its memory as given.
cudnnStatus_t forward(const Descriptors &d, const Operands &o, void *y, void *workspace, size_t bytes) {
    return cudnnConvolutionForward(d.handle, &ONE, d.x_, o.x.data(), d.w_, o.w.data(), d.conv,
                                   CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM, workspace, bytes, &ZERO, d.y_, y);
}

void wrong_memory_and_descriptors_are_refused() {
    const CurrentContext context;
    Operands o = operands(CUDNN_DATA_FLOAT, false, {1, 8, 9, 9}, {8, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
    const Descriptors d(o.x, o.w, o.shape, o.y);
    const DeviceArray<uint8_t> workspace(MEBI);
    std::vector<float> host(10000);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, forward(d, o, o.y.data(), workspace.data(), MEBI));
    CHECK(workspace.values()[0] == 0xcd, "the workspace is as it was");
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, forward(d, o, nullptr, workspace.data(), MEBI));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_SIZE_INSUFFICIENT, forward(d, o, o.y.data(), workspace.data(), 100));
    CHECK_STATUS(CUDNN_STATUS_EXECUTION_FAILED, forward(d, o, o.y.data(), host.data(), MEBI));
    CHECK_STATUS(CUDNN_STATUS_EXECUTION_FAILED, forward(d, o, host.data(), workspace.data(), MEBI));
    CHECK_STATUS(CUDNN_STATUS_EXECUTION_FAILED, forward(d, o, o.y.data() + 5 * 81 * 4, workspace.data(), MEBI));
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnSetTensor4dDescriptor(d.y_, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 1, 8, 9, 8));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, forward(d, o, o.y.data(), workspace.data(), MEBI));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM,
                 cudnnSetTensor4dDescriptor(d.y_, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 1, 0, 9, 8));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, cudnnDestroyTensorDescriptor(nullptr));
    char message[200] = "";
    cudnnGetLastErrorString(message, sizeof message);
    CHECK(strcmp(message, "what is to be destroyed is not alive") == 0, "%s", message);
}

void a_result_that_overlaps_what_is_read_shows() {
    const CurrentContext context;
    std::mt19937 random(3);
    Operands o = operands(CUDNN_DATA_FLOAT, false, {1, 8, 9, 9}, {8, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
    o.x.fill(random);
    o.w.fill(random);
    const Descriptors d(o.x, o.w, o.shape, o.x);
    const DeviceArray<uint8_t> workspace(MEBI);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, forward(d, o, o.x.data(), workspace.data(), MEBI));
    CHECK(std::isnan(o.x.at(0, 0, 0, 0)), "%f", o.x.at(0, 0, 0, 0));
}

void convolutions_are_captured() {
    const CurrentContext context;
    std::mt19937 random(4);
    Operands o = operands(CUDNN_DATA_FLOAT, false, {1, 8, 9, 9}, {8, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
    o.x.fill(random);
    o.w.fill(random);
    const Descriptors d(o.x, o.w, o.shape, o.y);
    const DeviceArray<uint8_t> workspace(MEBI);
    CUstream stream = nullptr;
    CUgraph graph = nullptr;
    CUgraphExec exec = nullptr;
    cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnSetStream(d.handle, stream));
    cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_GLOBAL);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, forward(d, o, o.y.data(), workspace.data(), MEBI));
    CHECK_STATUS(CUDA_SUCCESS, cuStreamEndCapture(stream, &graph));
    CHECK(o.y.written_bytes() == 0, "the capture did the work");
    cuGraphInstantiateWithFlags(&exec, graph, 0);
    CHECK_STATUS(CUDA_SUCCESS, cuGraphLaunch(exec, stream));
    check_close(o.y, 0, 7, 8, 8, plain_forward(o.x, o.w, o.shape, 0, 7, 8, 8), "replayed");
    cuGraphExecDestroy(exec);
    cuGraphDestroy(graph);
    cuStreamDestroy_v2(stream);
    CHECK_STATUS(CUDNN_STATUS_EXECUTION_FAILED, forward(d, o, o.y.data(), workspace.data(), MEBI));
}

void an_execution_fails_when_asked_to() {
    const CurrentContext context;
    Operands o = operands(CUDNN_DATA_FLOAT, false, {1, 8, 9, 9}, {8, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
    const Descriptors d(o.x, o.w, o.shape, o.y);
    const DeviceArray<uint8_t> workspace(MEBI);
    standin_fail_at(1, 0);
    CHECK_STATUS(CUDNN_STATUS_EXECUTION_FAILED, forward(d, o, o.y.data(), workspace.data(), MEBI));
    CHECK(o.y.written_bytes() == 0, "it did something");
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, forward(d, o, o.y.data(), workspace.data(), MEBI));
}

void halves_round_to_the_nearest() {
    for (uint32_t bits = 0; bits < 0x7c00; bits++) {
        const float value = standin::half_to_float(static_cast<uint16_t>(bits));
        const float next = standin::half_to_float(static_cast<uint16_t>(bits + 1));
        CHECK(standin::float_to_half(value) == bits, "%x", bits);
        CHECK(standin::float_to_half(-value) == (bits | 0x8000), "-%x", bits);
        const float middle = bits == 0x7bff ? 65520 : value + (next - value) / 2;
        CHECK(standin::float_to_half(middle) == bits + (bits & 1), "after %x", bits);
        CHECK(standin::float_to_half(std::nextafterf(middle, 0)) == bits, "below the middle after %x", bits);
    }
    CHECK(std::isinf(standin::half_to_float(0x7c00)) && std::isnan(standin::half_to_float(0x7c01)), "specials");
    CHECK(standin::float_to_half(NAN) == 0x7fff, "%x", standin::float_to_half(NAN));
}

// Not a test: how fast the convolutions are.
void time_convolution(cudnnDataType_t type, bool last, Size x, Size w, const ConvolutionShape &shape) {
    std::mt19937 random(5);
    Operands o = operands(type, last, x, w, shape);
    o.x.fill(random);
    o.w.fill(random);
    const Descriptors d(o.x, o.w, shape, o.y);
    const DeviceArray<uint8_t> workspace(MEBI);
    double best = std::numeric_limits<double>::infinity();
    double least = best; // of the processors' time, which others on the machine disturb less
    for (int run = 0; run < 5; run++) {
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t processors = std::clock();
        CHECK_STATUS(CUDNN_STATUS_SUCCESS, forward(d, o, o.y.data(), workspace.data(), MEBI));
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        least = std::min(least, static_cast<double>(std::clock() - processors) / CLOCKS_PER_SEC);
    }
    const Size &y = o.y.size();
    const double operations = double(y[0]) * y[1] * y[2] * y[3] * w[1] * w[2] * w[3];
    printf("%s %s: %d x %d x %d x %d, %d filters %d x %d: %.1f GMAC/s, %.1f per processor\n",
           type == CUDNN_DATA_HALF ? "float16" : "float32", last ? "channels last" : "channels first", x[0], x[1],
           x[2], x[3], w[0], w[2], w[3], operations / best * 1e-9, operations / least * 1e-9);
}

void time_convolutions() {
    const CurrentContext context;
    for (bool half : {false, true}) {
        const cudnnDataType_t type = half ? CUDNN_DATA_HALF : CUDNN_DATA_FLOAT;
        time_convolution(type, half, {1, 64, 112, 112}, {64, 64, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
        time_convolution(type, half, {1, 64, 112, 112}, {14, 64, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
        time_convolution(type, half, {1, 320, 14, 14}, {160, 320, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
        time_convolution(type, half, {1, 512, 14, 14}, {720, 512, 1, 1}, {0, 0, 1, 1, 1, 1, 1});
        time_convolution(type, half, {1, 3, 224, 224}, {32, 3, 3, 3}, {1, 1, 2, 2, 1, 1, 1});
    }
}

} // namespace

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "time") == 0) {
        time_convolutions();
        return exit_status();
    }
    convolutions_agree_with_plain_loops();
    gradients_agree_with_plain_loops();
    alpha_and_beta_blend();
    algorithms_refuse_what_they_cannot_do();
    the_deterministic_gradient_is_algorithm_1();
    wrong_memory_and_descriptors_are_refused();
    a_result_that_overlaps_what_is_read_shows();
    convolutions_are_captured();
    an_execution_fails_when_asked_to();
    halves_round_to_the_nearest();
    CHECK(standin_live_objects() == 0, "%s", standin_live_text());
    return exit_status();
}
