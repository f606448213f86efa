// Stand-in CUDA for tests (standin.h says what it proves and what not):
// the engines of the backend interface, and their plans.
#include "backend_engine.h"

#include <algorithm>
#include <unistd.h>

namespace standin {

namespace {

// What the newest GPUs want of every tensor.
constexpr int64_t LEAST_ALIGNMENT = 16;
constexpr int64_t PAGE = 4096;

int64_t index_of(const BackendDescriptor &engine) { return engine.integer(CUDNN_ATTR_ENGINE_GLOBAL_INDEX); }

const BackendDescriptor &engine_descriptor(const BackendDescriptor &plan) {
    return *plan.descriptor(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG)->descriptor(CUDNN_ATTR_ENGINECFG_ENGINE);
}

std::map<std::string, BackendPointer> &written_plans() {
    static std::map<std::string, BackendPointer> plans;
    return plans;
}

} // namespace

std::vector<int> numerical_notes(const BackendDescriptor &engine) {
    const FusedConvolution &fused = *engine.descriptor(CUDNN_ATTR_ENGINE_OPERATION_GRAPH)->fused;
    std::vector<int> notes;
    if (fused.correlation.source.type == CUDNN_DATA_HALF) {
        notes.push_back(CUDNN_NUMERICAL_NOTE_TENSOR_CORE);
    }
    if (index_of(engine) == NONDETERMINISTIC_ENGINE) {
        notes.push_back(CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC);
    }
    return notes;
}

std::vector<int> behavior_notes(const BackendDescriptor &engine) {
    return index_of(engine) == UNSUPPORTED_ENGINE ? std::vector<int>{CUDNN_BEHAVIOR_NOTE_RUNTIME_COMPILATION}
                                                  : std::vector<int>{};
}

BackendPointer engine_configuration(const BackendPointer &graph, int64_t index) {
    const auto engine = std::make_shared<BackendDescriptor>(BackendDescriptor{CUDNN_BACKEND_ENGINE_DESCRIPTOR, true});
    engine->put_descriptor(CUDNN_ATTR_ENGINE_OPERATION_GRAPH, graph);
    engine->put_integer(CUDNN_ATTR_ENGINE_GLOBAL_INDEX, index);
    auto configuration =
        std::make_shared<BackendDescriptor>(BackendDescriptor{CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, true});
    configuration->put_descriptor(CUDNN_ATTR_ENGINECFG_ENGINE, engine);
    return configuration;
}

int64_t engine_of(const BackendDescriptor &plan) { return index_of(engine_descriptor(plan)); }

const FusedConvolution &fused_of(const BackendDescriptor &plan) {
    return *engine_descriptor(plan).descriptor(CUDNN_ATTR_ENGINE_OPERATION_GRAPH)->fused;
}

cudnnStatus_t check_plan(const BackendDescriptor &plan) {
    if (engine_of(plan) == UNSUPPORTED_ENGINE) {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the engine with index 1 of the stand-in supports no plan");
    }
    const auto &tensors = fused_of(plan).tensors;
    const bool aligned = std::all_of(tensors.begin(), tensors.end(), [](const auto &entry) {
        return entry.second.alignment >= LEAST_ALIGNMENT;
    });
    return aligned ? CUDNN_STATUS_SUCCESS
                   : refuse(CUDNN_STATUS_NOT_SUPPORTED_LAYOUT, "a tensor is aligned to less than 16 bytes");
}

int64_t workspace_bytes(const BackendDescriptor &plan) {
    const Correlation &c = fused_of(plan).correlation;
    return engine_of(plan) == WORKING_ENGINE ? PAGE + c.source.size[C] * c.kernel.h * c.kernel.w * 4 : 0;
}

std::string written_plan(const BackendDescriptor &plan) {
    const std::string text = "{\"process\":" + std::to_string(getpid()) +
                             ",\"plan\":" + std::to_string(written_plans().size()) + "}";
    written_plans()[text] = plan.descriptor(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG);
    return text;
}

cudnnStatus_t read_plan(BackendDescriptor &plan, const std::string &text) {
    const auto found = written_plans().find(text);
    if (found == written_plans().end()) {
        return refuse(CUDNN_STATUS_SERIALIZATION_VERSION_MISMATCH, "the text is no plan that this process has written");
    }
    plan.put_descriptor(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, found->second);
    return CUDNN_STATUS_SUCCESS;
}

} // namespace standin
