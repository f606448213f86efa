// The stand-in's backend interface: convolution, bias and clipped ReLU in one plan against plain loops, on channel
// ranges of strips, and what it refuses.
#include "standin_cudnn_backend.h"
#include "standin_tensor.h"

#include <algorithm>
#include <limits>
#include <memory>

namespace {

constexpr int64_t WORKSPACE = 1 << 20;
constexpr int64_t ALIGNMENT = 16;
constexpr double LOW = -0.25;
constexpr double HIGH = 0.75;

enum TensorId : int64_t { X = 10, W = 20, BIAS = 30, Y = 40, SUMS = 50, BIASED = 60 };

// Owns one backend descriptor.
class Descriptor {
  public:
    explicit Descriptor(cudnnBackendDescriptorType_t type) {
        CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnBackendCreateDescriptor(type, &handle_));
    }
    ~Descriptor() { CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnBackendDestroyDescriptor(handle_)); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    cudnnBackendDescriptor_t handle() const { return handle_; }

    template <class T>
    cudnnStatus_t try_set(cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type,
                          const std::vector<T> &values) {
        return cudnnBackendSetAttribute(handle_, name, type, static_cast<int64_t>(values.size()), values.data());
    }

    template <class T>
    Descriptor &set(cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type, const std::vector<T> &values) {
        CHECK_STATUS(CUDNN_STATUS_SUCCESS, try_set(name, type, values));
        return *this;
    }

    Descriptor &integers(cudnnBackendAttributeName_t name, const std::vector<int64_t> &values) {
        return set(name, CUDNN_TYPE_INT64, values);
    }

    Descriptor &enumerator(cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type, int value) {
        return set(name, type, std::vector<int>{value});
    }

    Descriptor &number(cudnnBackendAttributeName_t name, double value) {
        return set(name, CUDNN_TYPE_DOUBLE, std::vector<double>{value});
    }

    Descriptor &descriptor(cudnnBackendAttributeName_t name, const Descriptor &value) {
        return set(name, CUDNN_TYPE_BACKEND_DESCRIPTOR, std::vector<cudnnBackendDescriptor_t>{value.handle_});
    }

    Descriptor &flag(cudnnBackendAttributeName_t name) {
        const bool value = true;
        CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnBackendSetAttribute(handle_, name, CUDNN_TYPE_BOOLEAN, 1, &value));
        return *this;
    }

    cudnnStatus_t finalize() { return cudnnBackendFinalize(handle_); }

  private:
    cudnnBackendDescriptor_t handle_ = nullptr;
};

using Owned = std::unique_ptr<Descriptor>;

Owned make(cudnnBackendDescriptorType_t type) { return std::make_unique<Descriptor>(type); }

std::vector<int64_t> wide(const Size &values) { return {values.begin(), values.end()}; }

// A tensor's descriptor, ready to be finalized.
Owned tensor(int64_t id, cudnnDataType_t type, const Size &size, const Size &stride, int64_t alignment = ALIGNMENT) {
    Owned result = make(CUDNN_BACKEND_TENSOR_DESCRIPTOR);
    result->integers(CUDNN_ATTR_TENSOR_UNIQUE_ID, {id})
        .enumerator(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, type)
        .integers(CUDNN_ATTR_TENSOR_DIMENSIONS, wide(size))
        .integers(CUDNN_ATTR_TENSOR_STRIDES, wide(stride))
        .integers(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, {alignment});
    return result;
}

Owned finalized(Owned descriptor) {
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, descriptor->finalize());
    return descriptor;
}

Owned real_tensor(int64_t id, const StripSlice &slice, int64_t alignment = ALIGNMENT) {
    return finalized(tensor(id, slice.type(), slice.size(), slice.stride(), alignment));
}

Owned virtual_tensor(int64_t id, const StripSlice &like) {
    Owned result = tensor(id, CUDNN_DATA_FLOAT, like.size(), like.stride());
    result->flag(CUDNN_ATTR_TENSOR_IS_VIRTUAL);
    return finalized(std::move(result));
}

Owned convolution(const ConvolutionShape &s) {
    Owned result = make(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR);
    result->integers(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, {2})
        .enumerator(CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT)
        .enumerator(CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_TYPE_CONVOLUTION_MODE, CUDNN_CROSS_CORRELATION)
        .integers(CUDNN_ATTR_CONVOLUTION_DILATIONS, {s.dilation_h, s.dilation_w})
        .integers(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, {s.step_h, s.step_w})
        .integers(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, {s.pad_h, s.pad_w})
        .integers(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, {s.pad_h, s.pad_w});
    return finalized(std::move(result));
}

Owned pointwise(cudnnPointwiseMode_t mode) {
    Owned result = make(CUDNN_BACKEND_POINTWISE_DESCRIPTOR);
    result->enumerator(CUDNN_ATTR_POINTWISE_MODE, CUDNN_TYPE_POINTWISE_MODE, mode)
        .enumerator(CUDNN_ATTR_POINTWISE_MATH_PREC, CUDNN_TYPE_DATA_TYPE, CUDNN_DATA_FLOAT);
    if (mode == CUDNN_POINTWISE_RELU_FWD) {
        result->number(CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP, LOW).number(CUDNN_ATTR_POINTWISE_RELU_UPPER_CLIP, HIGH);
    }
    return finalized(std::move(result));
}

Owned convolution_operation(const Descriptor &settings, const Descriptor &x, const Descriptor &w, const Descriptor &y) {
    Owned result = make(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR);
    result->number(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, 1)
        .number(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA, 0)
        .descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC, settings)
        .descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, x)
        .descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, w)
        .descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, y);
    return result;
}

Owned pointwise_operation(const Descriptor &settings, const Descriptor &x, const Descriptor *b, const Descriptor &y) {
    Owned result = make(CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR);
    result->descriptor(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR, settings)
        .descriptor(CUDNN_ATTR_OPERATION_POINTWISE_XDESC, x)
        .descriptor(CUDNN_ATTR_OPERATION_POINTWISE_YDESC, y);
    if (b != nullptr) {
        result->descriptor(CUDNN_ATTR_OPERATION_POINTWISE_BDESC, *b);
    }
    return finalized(std::move(result));
}

// Channels first or last, inside strips of more channels, every slice aligned to 16 bytes.
struct Operands {
    StripSlice x;
    StripSlice w;
    StripSlice bias;
    StripSlice y;
    ConvolutionShape shape;

    Operands(cudnnDataType_t type, bool last, Size x_size, Size w_size, const ConvolutionShape &s)
        : x(type, last, x_size, 8, x_size[1] + 16), w(type, last, w_size, 0, w_size[1]),
          bias(type, last, {1, w_size[0], 1, 1}, 0, w_size[0]),
          y(type, last, y_size(x_size, w_size, s), 8, w_size[0] + 8), shape(s) {
        std::mt19937 random(6);
        x.fill(random);
        w.fill(random);
        bias.fill(random);
    }

    static Size y_size(const Size &x, const Size &w, const ConvolutionShape &s) {
        return {x[0], w[0], out_size(x[2], s.pad_h, w[2], s.dilation_h, s.step_h),
                out_size(x[3], s.pad_w, w[3], s.dilation_w, s.step_w)};
    }

    double expected(int n, int c, int h, int v) const {
        const double sum = plain_forward(x, w, shape, n, c, h, v) + bias.at(0, c, 0, 0);
        return std::min(std::max(sum, LOW), HIGH);
    }
};

// Convolution, bias and clipped ReLU: the graph, and all descriptors that it refers to.
struct Graph {
    cudnnHandle_t handle = nullptr;
    std::vector<Owned> parts;
    Owned graph = make(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR);

    explicit Graph(const Operands &o, int64_t alignment = ALIGNMENT, int64_t biased_id = BIASED) {
        cudnnCreate(&handle);
        const Descriptor &x = keep(real_tensor(X, o.x, alignment));
        const Descriptor &w = keep(real_tensor(W, o.w));
        const Descriptor &bias = keep(real_tensor(BIAS, o.bias));
        const Descriptor &y = keep(real_tensor(Y, o.y));
        const Descriptor &sums = keep(virtual_tensor(SUMS, o.y));
        const Descriptor &biased = keep(virtual_tensor(biased_id, o.y));
        const Descriptor &settings = keep(convolution(o.shape));
        const Descriptor &add = keep(pointwise(CUDNN_POINTWISE_ADD));
        const Descriptor &relu = keep(pointwise(CUDNN_POINTWISE_RELU_FWD));
        const Descriptor &first = keep(finalized(convolution_operation(settings, x, w, sums)));
        const Descriptor &second = keep(pointwise_operation(add, sums, &bias, biased));
        const Descriptor &third = keep(pointwise_operation(relu, biased, nullptr, y));
        graph->set(CUDNN_ATTR_OPERATIONGRAPH_HANDLE, CUDNN_TYPE_HANDLE, std::vector<cudnnHandle_t>{handle})
            .set(CUDNN_ATTR_OPERATIONGRAPH_OPS, CUDNN_TYPE_BACKEND_DESCRIPTOR,
                 std::vector<cudnnBackendDescriptor_t>{first.handle(), second.handle(), third.handle()});
    }
    ~Graph() { cudnnDestroy(handle); }
    Graph(const Graph &) = delete;
    Graph &operator=(const Graph &) = delete;

    const Descriptor &keep(Owned part) {
        parts.push_back(std::move(part));
        return *parts.back();
    }
};

// The configurations that the heuristics propose for a finalized graph.
std::vector<Owned> configurations(const Graph &graph, cudnnBackendHeurMode_t mode = CUDNN_HEUR_MODE_A) {
    Descriptor heuristics(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR);
    heuristics.enumerator(CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, mode)
        .descriptor(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, *graph.graph);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, heuristics.finalize());
    int64_t count = 0;
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnBackendGetAttribute(heuristics.handle(), CUDNN_ATTR_ENGINEHEUR_RESULTS,
                                          CUDNN_TYPE_BACKEND_DESCRIPTOR, 0, &count, nullptr));
    CHECK(count == 3, "%lld results", static_cast<long long>(count));
    std::vector<Owned> results;
    std::vector<cudnnBackendDescriptor_t> handles;
    for (int64_t i = 0; i < count; i++) {
        results.push_back(make(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR));
        handles.push_back(results.back()->handle());
    }
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnBackendGetAttribute(heuristics.handle(), CUDNN_ATTR_ENGINEHEUR_RESULTS,
                                          CUDNN_TYPE_BACKEND_DESCRIPTOR, count, &count, handles.data()));
    return results;
}

Owned plan(const Graph &graph, const Descriptor &configuration) {
    Owned result = make(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR);
    result->set(CUDNN_ATTR_EXECUTION_PLAN_HANDLE, CUDNN_TYPE_HANDLE, std::vector<cudnnHandle_t>{graph.handle})
        .descriptor(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, configuration);
    return result;
}

int64_t workspace_size(const Descriptor &plan) {
    int64_t count = 0;
    int64_t bytes = -1;
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnBackendGetAttribute(plan.handle(), CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE, CUDNN_TYPE_INT64, 1,
                                          &count, &bytes));
    return bytes;
}

Owned pack(const std::vector<int64_t> &ids, const std::vector<void *> &pointers, void *workspace) {
    Owned result = make(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR);
    result->integers(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, ids)
        .set(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, CUDNN_TYPE_VOID_PTR, pointers)
        .set(CUDNN_ATTR_VARIANT_PACK_WORKSPACE, CUDNN_TYPE_VOID_PTR, std::vector<void *>{workspace});
    return result;
}

Owned pack(const Operands &o, void *workspace) {
    return finalized(pack({X, W, BIAS, Y}, {o.x.data(), o.w.data(), o.bias.data(), o.y.data()}, workspace));
}

void check_results(const Operands &o) {
    const double tolerance = o.y.type() == CUDNN_DATA_HALF ? 1e-3 : 5e-6;
    o.y.for_each([&](int n, int c, int h, int v) {
        const double got = o.y.at(n, c, h, v);
        CHECK(std::abs(got - o.expected(n, c, h, v)) <= tolerance, "%f at %d %d %d %d, expected %f", got, n, c, h, v,
              o.expected(n, c, h, v));
    });
}

// A graph with the plan that works, and a workspace.
struct Planned {
    Graph graph;
    std::vector<Owned> results;
    Owned plan_;
    DeviceArray<uint8_t> workspace;

    explicit Planned(const Operands &o)
        : graph(o), results((finalize_graph(), configurations(graph))), plan_(finalized(plan(graph, *results[2]))),
          workspace(static_cast<size_t>(workspace_size(*plan_))) {}

    void finalize_graph() { CHECK_STATUS(CUDNN_STATUS_SUCCESS, graph.graph->finalize()); }

    cudnnStatus_t execute(const Descriptor &memory) const {
        return cudnnBackendExecute(graph.handle, plan_->handle(), memory.handle());
    }
};

Operands small_operands(cudnnDataType_t type = CUDNN_DATA_FLOAT, bool last = false) {
    return {type, last, {1, 8, 9, 11}, {8, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1}};
}

void check_fused(cudnnDataType_t type, bool last, Size x, Size w, const ConvolutionShape &shape) {
    const Operands o(type, last, x, w, shape);
    const Planned planned(o);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, planned.execute(*pack(o, planned.workspace.data())));
    check_results(o);
}

void fused_convolutions_agree_with_plain_loops() {
    const CurrentContext context;
    for (cudnnDataType_t type : {CUDNN_DATA_FLOAT, CUDNN_DATA_HALF}) {
        for (bool last : {false, true}) {
            check_fused(type, last, {2, 8, 10, 14}, {16, 8, 3, 3}, {1, 1, 1, 1, 1, 1, 1});
            check_fused(type, last, {1, 24, 7, 9}, {8, 24, 1, 1}, {0, 0, 1, 1, 1, 1, 1});
            check_fused(type, last, {1, 16, 15, 12}, {16, 8, 3, 3}, {2, 2, 2, 2, 2, 2, 2});
        }
    }
}

void descriptors_may_be_destroyed_before_the_plan_runs() {
    const CurrentContext context;
    const Operands o = small_operands();
    Planned planned(o);
    planned.results.clear();
    planned.graph.parts.clear();
    planned.graph.graph.reset();
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, planned.execute(*pack(o, planned.workspace.data())));
    check_results(o);
}

std::vector<char> written(const Descriptor &plan) {
    int64_t count = 0;
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnBackendGetAttribute(plan.handle(), CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION,
                                          CUDNN_TYPE_CHAR, 0, &count, nullptr));
    std::vector<char> text(static_cast<size_t>(count));
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnBackendGetAttribute(plan.handle(), CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION,
                                          CUDNN_TYPE_CHAR, count, &count, text.data()));
    return text;
}

void a_plan_that_was_written_computes_the_same_when_read() {
    const CurrentContext context;
    const Operands o = small_operands();
    Planned planned(o);
    const std::vector<char> text = written(*planned.plan_);
    const Owned read = make(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR);
    read->set(CUDNN_ATTR_EXECUTION_PLAN_HANDLE, CUDNN_TYPE_HANDLE, std::vector<cudnnHandle_t>{planned.graph.handle})
        .set(CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION, CUDNN_TYPE_CHAR, text);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, read->finalize());
    CHECK(workspace_size(*read) == workspace_size(*planned.plan_), "another workspace");
    const Owned memory = pack(o, planned.workspace.data());
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnBackendExecute(planned.graph.handle, read->handle(), memory->handle()));
    check_results(o);
}

void texts_that_nobody_wrote_are_no_plans() {
    const CurrentContext context;
    const Owned plan = make(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR);
    CHECK_STATUS(CUDNN_STATUS_SERIALIZATION_VERSION_MISMATCH,
                 plan->try_set(CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION, CUDNN_TYPE_CHAR,
                               std::vector<char>{'{', '}'}));
}

// Whether the engine of a configuration has the note.
bool has_note(const Descriptor &configuration, cudnnBackendNumericalNote_t note) {
    const Descriptor engine(CUDNN_BACKEND_ENGINE_DESCRIPTOR);
    cudnnBackendDescriptor_t place = engine.handle();
    int64_t count = 0;
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnBackendGetAttribute(configuration.handle(), CUDNN_ATTR_ENGINECFG_ENGINE,
                                          CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, &count, &place));
    int notes[10];
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnBackendGetAttribute(place, CUDNN_ATTR_ENGINE_NUMERICAL_NOTE,
                                                                CUDNN_TYPE_NUMERICAL_NOTE, 10, &count, notes));
    return std::find(notes, notes + count, note) != notes + count;
}

void the_engines_are_one_that_varies_one_that_refuses_and_one_that_works() {
    const CurrentContext context;
    const Operands o = small_operands();
    const Graph graph(o);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, graph.graph->finalize());
    for (auto mode : {CUDNN_HEUR_MODE_A, CUDNN_HEUR_MODE_B, CUDNN_HEUR_MODE_FALLBACK}) {
        const std::vector<Owned> results = configurations(graph, mode);
        CHECK(has_note(*results[0], CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC), "the first has no such note");
        CHECK(!has_note(*results[2], CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC), "the last has such a note");
        CHECK_STATUS(CUDNN_STATUS_SUCCESS, plan(graph, *results[0])->finalize());
        CHECK_STATUS(CUDNN_STATUS_NOT_SUPPORTED, plan(graph, *results[1])->finalize());
    }
}

void the_nondeterministic_engine_gives_other_results_every_other_time() {
    const CurrentContext context;
    const Operands o = small_operands();
    const Graph graph(o);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, graph.graph->finalize());
    const std::vector<Owned> results = configurations(graph);
    const Owned varying = finalized(plan(graph, *results[0]));
    const Owned memory = pack(o, nullptr);
    std::vector<float> values;
    for (int run = 0; run < 3; run++) {
        CHECK_STATUS(CUDNN_STATUS_SUCCESS, cudnnBackendExecute(graph.handle, varying->handle(), memory->handle()));
        float sum = 0;
        o.y.for_each([&](int n, int c, int h, int v) { sum += o.y.at(n, c, h, v); });
        values.push_back(sum);
    }
    CHECK(values[0] != values[1] && values[0] == values[2], "%f %f %f", values[0], values[1], values[2]);
}

void graphs_are_captured() {
    const CurrentContext context;
    const Operands o = small_operands(CUDNN_DATA_HALF, true);
    const Planned planned(o);
    CUstream stream = nullptr;
    CUgraph captured = nullptr;
    CUgraphExec exec = nullptr;
    cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING);
    cudnnSetStream(planned.graph.handle, stream);
    cuStreamBeginCapture_v2(stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, planned.execute(*pack(o, planned.workspace.data())));
    CHECK_STATUS(CUDA_SUCCESS, cuStreamEndCapture(stream, &captured));
    CHECK(o.y.written_bytes() == 0, "the capture did the work");
    cuGraphInstantiateWithFlags(&exec, captured, 0);
    CHECK_STATUS(CUDA_SUCCESS, cuGraphLaunch(exec, stream));
    check_results(o);
    cuGraphExecDestroy(exec);
    cuGraphDestroy(captured);
    cuStreamDestroy_v2(stream);
}

void variant_packs_are_checked() {
    const CurrentContext context;
    const Operands o = small_operands();
    const Planned planned(o);
    void *workspace = planned.workspace.data();
    std::vector<float> host(10000);
    const auto status = [&](const std::vector<int64_t> &ids, const std::vector<void *> &pointers, void *place) {
        return planned.execute(*finalized(pack(ids, pointers, place)));
    };
    void *x = o.x.data();
    void *w = o.w.data();
    void *bias = o.bias.data();
    void *y = o.y.data();
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, status({X, W, BIAS}, {x, w, bias}, workspace));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, status({X, W, BIAS, Y, SUMS}, {x, w, bias, y, y}, workspace));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, status({X, W, BIAS, Y, 99}, {x, w, bias, y, y}, workspace));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, status({X, W, BIAS, Y}, {x, w, nullptr, y}, workspace));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, status({X, W, BIAS, Y}, {x, w, bias, y}, nullptr));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_MISALIGNED_POINTER,
                 status({X, W, BIAS, Y}, {o.x.data() + 4, w, bias, y}, workspace));
    CHECK_STATUS(CUDNN_STATUS_EXECUTION_FAILED,
                 status({X, W, BIAS, Y}, {o.x.data() + 20 * 9 * 11 * 4, w, bias, y}, workspace));
    CHECK_STATUS(CUDNN_STATUS_EXECUTION_FAILED, status({X, W, BIAS, Y}, {x, w, bias, y}, o.bias.data()));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_DUPLICATED_ENTRIES, pack({X, X}, {x, x}, workspace)->finalize());
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, pack({X, W}, {x}, workspace)->finalize());
    CHECK(o.y.written_bytes() == 0, "a refused execution did something");
}

void attributes_are_checked() {
    const CurrentContext context;
    const Operands o = small_operands();
    Owned x = tensor(X, CUDNN_DATA_FLOAT, o.x.size(), o.x.stride());
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE,
                 x->try_set(CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_DOUBLE, std::vector<double>{1}));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM,
                 x->try_set(CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_INT64, std::vector<int64_t>{1, 2}));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM,
                 x->try_set(CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, std::vector<int>{1}));
    int64_t count = 0;
    int64_t id = 0;
    CHECK_STATUS(CUDNN_STATUS_NOT_INITIALIZED,
                 cudnnBackendGetAttribute(x->handle(), CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_INT64, 1, &count, &id));
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, x->finalize());
    CHECK_STATUS(CUDNN_STATUS_SUCCESS,
                 cudnnBackendGetAttribute(x->handle(), CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_INT64, 1, &count, &id));
    CHECK(count == 1 && id == X, "%lld", static_cast<long long>(id));
    CHECK_STATUS(CUDNN_STATUS_NOT_INITIALIZED,
                 x->try_set(CUDNN_ATTR_TENSOR_UNIQUE_ID, CUDNN_TYPE_INT64, std::vector<int64_t>{1}));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, make(CUDNN_BACKEND_TENSOR_DESCRIPTOR)->finalize());
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, tensor(X, CUDNN_DATA_FLOAT, {1, 0, 2, 2}, {4, 4, 2, 1})->finalize());
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, tensor(X, CUDNN_DATA_FLOAT, {1, 1, 2, 2}, {4, 4, 2, 1}, 12)->finalize());

    const Owned unfinished = tensor(W, CUDNN_DATA_FLOAT, o.w.size(), o.w.stride());
    Descriptor operation(CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR);
    const auto set_w = [&](cudnnBackendDescriptor_t handle) {
        return operation.try_set(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, CUDNN_TYPE_BACKEND_DESCRIPTOR,
                                 std::vector<cudnnBackendDescriptor_t>{handle});
    };
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED, set_w(unfinished->handle()));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE, set_w(convolution(o.shape)->handle()));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM, set_w(nullptr));
}

void graphs_that_make_no_sense_are_refused() {
    const CurrentContext context;
    const Operands o = small_operands();
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_DUPLICATED_ENTRIES, Graph(o, ALIGNMENT, X).graph->finalize());

    const Owned x = real_tensor(X, o.x);
    const Owned wrong_y = real_tensor(Y, o.x);
    const Owned w = real_tensor(W, StripSlice(CUDNN_DATA_FLOAT, false, {4, 8, 3, 3}, 0, 8));
    CHECK_STATUS(CUDNN_STATUS_BAD_PARAM_SHAPE_MISMATCH,
                 convolution_operation(*convolution(o.shape), *x, *w, *wrong_y)->finalize());

    const Graph little_aligned(o, 4);
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, little_aligned.graph->finalize());
    const std::vector<Owned> results = configurations(little_aligned);
    CHECK_STATUS(CUDNN_STATUS_NOT_SUPPORTED_LAYOUT, plan(little_aligned, *results[2])->finalize());
}

void a_real_tensor_in_the_middle_is_no_known_pattern() {
    const CurrentContext context;
    const Operands o = small_operands();
    const Graph graph(o);
    Owned sums = real_tensor(SUMS, o.y);
    Owned operation = finalized(convolution_operation(*convolution(o.shape), *real_tensor(X, o.x),
                                                      *real_tensor(W, o.w), *sums));
    Owned relu = pointwise_operation(*pointwise(CUDNN_POINTWISE_RELU_FWD), *sums, nullptr, *real_tensor(Y, o.y));
    graph.graph->set(CUDNN_ATTR_OPERATIONGRAPH_OPS, CUDNN_TYPE_BACKEND_DESCRIPTOR,
                     std::vector<cudnnBackendDescriptor_t>{operation->handle(), relu->handle()});
    CHECK_STATUS(CUDNN_STATUS_NOT_SUPPORTED_GRAPH_PATTERN, graph.graph->finalize());
}

void a_failure_can_be_asked_for_at_every_call() {
    const CurrentContext context;
    const Operands o = small_operands();
    const Planned planned(o);
    const Owned memory = pack(o, planned.workspace.data());
    standin_fail_at(1, 0);
    CHECK_STATUS(CUDNN_STATUS_EXECUTION_FAILED, planned.execute(*memory));
    standin_fail_at(1, CUDNN_STATUS_NOT_SUPPORTED);
    CHECK_STATUS(CUDNN_STATUS_NOT_SUPPORTED, planned.execute(*memory));
    CHECK(o.y.written_bytes() == 0, "a failed execution did something");
    CHECK_STATUS(CUDNN_STATUS_SUCCESS, planned.execute(*memory));
}

} // namespace

int main() {
    fused_convolutions_agree_with_plain_loops();
    descriptors_may_be_destroyed_before_the_plan_runs();
    a_plan_that_was_written_computes_the_same_when_read();
    texts_that_nobody_wrote_are_no_plans();
    the_engines_are_one_that_varies_one_that_refuses_and_one_that_works();
    the_nondeterministic_engine_gives_other_results_every_other_time();
    graphs_are_captured();
    variant_packs_are_checked();
    attributes_are_checked();
    graphs_that_make_no_sense_are_refused();
    a_real_tensor_in_the_middle_is_no_known_pattern();
    a_failure_can_be_asked_for_at_every_call();
    CHECK(standin_live_objects() == 0, "%s", standin_live_text());
    return exit_status();
}
