// Stand-in CUDA for tests (standin.h says what it proves and what not): the functions of cuDNN's backend interface.
#include "backend_engine.h"

#include <algorithm>
#include <set>

namespace standin {

namespace {

BackendDescriptor *find(cudnnBackendDescriptor_t descriptor) {
    const BackendPointer *found = backend_descriptors().find(descriptor);
    return found == nullptr ? nullptr : found->get();
}

cudnnStatus_t not_alive() { return refuse(CUDNN_STATUS_BAD_PARAM, "the backend descriptor is not alive"); }

// What each attribute that refers to a descriptor may refer to.
bool may_refer(cudnnBackendAttributeName_t name, cudnnBackendDescriptorType_t type) {
    switch (name) {
    case CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC:
        return type == CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR;
    case CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR:
        return type == CUDNN_BACKEND_POINTWISE_DESCRIPTOR;
    case CUDNN_ATTR_OPERATIONGRAPH_OPS:
        return type == CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR ||
               type == CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR;
    case CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH:
    case CUDNN_ATTR_ENGINE_OPERATION_GRAPH:
        return type == CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR;
    case CUDNN_ATTR_ENGINECFG_ENGINE:
        return type == CUDNN_BACKEND_ENGINE_DESCRIPTOR;
    case CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG:
        return type == CUDNN_BACKEND_ENGINECFG_DESCRIPTOR;
    default:
        return type == CUDNN_BACKEND_TENSOR_DESCRIPTOR;
    }
}

cudnnStatus_t read_descriptors(cudnnBackendAttributeName_t name, const void *elements, Attribute &attribute) {
    for (int64_t i = 0; i < attribute.count; i++) {
        const auto handle = static_cast<const cudnnBackendDescriptor_t *>(elements)[i];
        const BackendPointer *found = backend_descriptors().find(handle);
        if (found == nullptr) {
            return not_alive();
        }
        if (!may_refer(name, (*found)->type)) {
            return refuse(CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE,
                          "an attribute refers to a descriptor of a wrong type");
        }
        if (!(*found)->finalized) {
            return refuse(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED, "an attribute refers to a descriptor not finalized");
        }
        attribute.descriptors.push_back(*found);
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t read_handle(const void *elements) {
    return handles().find(*static_cast<const cudnnHandle_t *>(elements)) != nullptr
               ? CUDNN_STATUS_SUCCESS
               : refuse(CUDNN_STATUS_BAD_PARAM, "the handle is not alive");
}

cudnnStatus_t set(BackendDescriptor &descriptor, cudnnBackendAttributeName_t name, Attribute attribute,
                  const void *elements) {
    cudnnStatus_t status = CUDNN_STATUS_SUCCESS;
    if (attribute.type == CUDNN_TYPE_BACKEND_DESCRIPTOR) {
        status = read_descriptors(name, elements, attribute);
    } else if (attribute.type == CUDNN_TYPE_HANDLE) {
        status = read_handle(elements);
    }
    if (name == CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION) {
        status = read_plan(descriptor, {static_cast<const char *>(elements), static_cast<size_t>(attribute.count)});
    }
    if (status == CUDNN_STATUS_SUCCESS) {
        const auto *bytes = static_cast<const uint8_t *>(elements);
        attribute.bytes.assign(bytes, bytes + static_cast<size_t>(attribute.count) * element_bytes(attribute.type));
        descriptor.attributes[name] = attribute;
    }
    return status;
}

cudnnStatus_t check_pack(const BackendDescriptor &pack) {
    const std::vector<int64_t> ids = pack.attribute(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS).all<int64_t>();
    if (pack.attribute(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS).count != static_cast<int64_t>(ids.size())) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "the variant pack has not as many pointers as unique ids");
    }
    return std::set<int64_t>(ids.begin(), ids.end()).size() == ids.size()
               ? CUDNN_STATUS_SUCCESS
               : refuse(CUDNN_STATUS_BAD_PARAM_DUPLICATED_ENTRIES, "the variant pack names a tensor twice");
}

cudnnStatus_t check_engine(const BackendDescriptor &engine) {
    const int64_t index = engine.integer(CUDNN_ATTR_ENGINE_GLOBAL_INDEX);
    return index >= 0 && index < ENGINES ? CUDNN_STATUS_SUCCESS
                                         : refuse(CUDNN_STATUS_BAD_PARAM, "there is no engine with that index");
}

cudnnStatus_t check_mode(const BackendDescriptor &heuristics) {
    const int mode = heuristics.enumerator(CUDNN_ATTR_ENGINEHEUR_MODE);
    return mode >= CUDNN_HEUR_MODE_INSTANT && mode <= CUDNN_HEUR_MODE_A
               ? CUDNN_STATUS_SUCCESS
               : refuse(CUDNN_STATUS_BAD_PARAM, "the mode of the heuristics is unknown");
}

cudnnStatus_t check_by_type(BackendDescriptor &descriptor) {
    switch (descriptor.type) {
    case CUDNN_BACKEND_TENSOR_DESCRIPTOR:
        return check_tensor(descriptor);
    case CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR:
        return check_convolution(descriptor);
    case CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR:
        return check_convolution_operation(descriptor);
    case CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR:
        return check_pointwise_operation(descriptor);
    case CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR:
        return fuse(descriptor);
    case CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR:
        return check_mode(descriptor);
    case CUDNN_BACKEND_ENGINE_DESCRIPTOR:
        return check_engine(descriptor);
    case CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR:
        return check_plan(descriptor);
    case CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR:
        return check_pack(descriptor);
    default:
        return CUDNN_STATUS_SUCCESS;
    }
}

// Where a caller wants the elements of an attribute.
struct Wanted {
    cudnnBackendAttributeType_t type;
    int64_t room;
    int64_t *count;
    void *elements;
};

// Without room, only their number is told.
cudnnStatus_t give(const Wanted &wanted, cudnnBackendAttributeType_t type, const void *elements, size_t count) {
    if (wanted.type != type) {
        return refuse(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE, "the attribute has another type");
    }
    const bool only_count = wanted.elements == nullptr || wanted.room == 0;
    const size_t given = only_count ? count : std::min(count, static_cast<size_t>(wanted.room));
    if (wanted.count != nullptr) {
        *wanted.count = static_cast<int64_t>(given);
    }
    if (!only_count && given > 0) {
        memcpy(wanted.elements, elements, given * element_bytes(type));
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t give(const Wanted &wanted, cudnnBackendAttributeType_t type, const std::vector<int> &enumerators) {
    return give(wanted, type, enumerators.data(), enumerators.size());
}

cudnnStatus_t give_integer(const Wanted &wanted, int64_t value) { return give(wanted, CUDNN_TYPE_INT64, &value, 1); }

// Fills in the descriptors that the caller has created, as cuDNN does.
cudnnStatus_t give(const Wanted &wanted, const std::vector<BackendPointer> &descriptors) {
    auto *handles = static_cast<cudnnBackendDescriptor_t *>(wanted.elements);
    const size_t room = handles == nullptr ? 0 : static_cast<size_t>(wanted.room);
    const size_t given = room == 0 ? descriptors.size() : std::min(descriptors.size(), room);
    if (wanted.type != CUDNN_TYPE_BACKEND_DESCRIPTOR) {
        return refuse(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE, "the attribute has another type");
    }
    for (size_t i = 0; room > 0 && i < given; i++) {
        BackendPointer *place = backend_descriptors().find(handles[i]);
        if (place == nullptr || (*place)->type != descriptors[i]->type || (*place)->finalized) {
            return refuse(CUDNN_STATUS_BAD_PARAM,
                          "a place for a descriptor is not alive, finalized or of another type");
        }
        *place = descriptors[i];
    }
    if (wanted.count != nullptr) {
        *wanted.count = static_cast<int64_t>(given);
    }
    return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t give_results(const Wanted &wanted, const BackendDescriptor &heuristics) {
    std::vector<BackendPointer> results;
    for (int64_t index = 0; index < ENGINES; index++) {
        results.push_back(
            engine_configuration(heuristics.descriptor(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH), index));
    }
    return give(wanted, results);
}

cudnnStatus_t give_stored(const Wanted &wanted, const BackendDescriptor &descriptor, cudnnBackendAttributeName_t name) {
    if (!descriptor.has(name)) {
        return refuse(CUDNN_STATUS_BAD_PARAM, "the descriptor does not have the attribute");
    }
    const Attribute &attribute = descriptor.attribute(name);
    return attribute.type == CUDNN_TYPE_BACKEND_DESCRIPTOR
               ? give(wanted, attribute.descriptors)
               : give(wanted, attribute.type, attribute.bytes.data(), static_cast<size_t>(attribute.count));
}

cudnnStatus_t get(const Wanted &wanted, const BackendDescriptor &descriptor, cudnnBackendAttributeName_t name) {
    const auto is = [&](cudnnBackendDescriptorType_t type, cudnnBackendAttributeName_t attribute) {
        return descriptor.type == type && name == attribute;
    };
    if (is(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR, CUDNN_ATTR_ENGINEHEUR_RESULTS)) {
        return give_results(wanted, descriptor);
    }
    if (is(CUDNN_BACKEND_ENGINE_DESCRIPTOR, CUDNN_ATTR_ENGINE_NUMERICAL_NOTE)) {
        return give(wanted, CUDNN_TYPE_NUMERICAL_NOTE, numerical_notes(descriptor));
    }
    if (is(CUDNN_BACKEND_ENGINE_DESCRIPTOR, CUDNN_ATTR_ENGINE_BEHAVIOR_NOTE)) {
        return give(wanted, CUDNN_TYPE_BEHAVIOR_NOTE, behavior_notes(descriptor));
    }
    if (is(CUDNN_BACKEND_ENGINE_DESCRIPTOR, CUDNN_ATTR_ENGINE_KNOB_INFO)) {
        return give(wanted, std::vector<BackendPointer>());
    }
    if (is(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR, CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT)) {
        return give_integer(wanted, ENGINES);
    }
    if (is(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE)) {
        return give_integer(wanted, workspace_bytes(descriptor));
    }
    if (is(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION)) {
        const std::string text = written_plan(descriptor);
        return give(wanted, CUDNN_TYPE_CHAR, text.data(), text.size());
    }
    return give_stored(wanted, descriptor, name);
}

bool is_finalized(const BackendDescriptor *descriptor, cudnnBackendDescriptorType_t type) {
    return descriptor != nullptr && descriptor->type == type && descriptor->finalized;
}

} // namespace

} // namespace standin

using namespace standin;

cudnnStatus_t cudnnBackendCreateDescriptor(cudnnBackendDescriptorType_t type, cudnnBackendDescriptor_t *descriptor) {
    return counted("cudnnBackendCreateDescriptor", CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED, [&] {
        if (descriptor == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM_NULL_POINTER, "the place for the descriptor is null");
        }
        if (!is_known(type)) {
            return refuse(CUDNN_STATUS_NOT_SUPPORTED, "the stand-in does not know descriptors of the type");
        }
        *descriptor = backend_descriptors().add(std::make_shared<BackendDescriptor>(BackendDescriptor{type}));
        return CUDNN_STATUS_SUCCESS;
    });
}

cudnnStatus_t cudnnBackendDestroyDescriptor(cudnnBackendDescriptor_t descriptor) {
    return destroy(backend_descriptors(), descriptor);
}

cudnnStatus_t cudnnBackendFinalize(cudnnBackendDescriptor_t handle) {
    return counted("cudnnBackendFinalize", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        BackendDescriptor *descriptor = find(handle);
        if (descriptor == nullptr) {
            return not_alive();
        }
        if (!is_complete(*descriptor)) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "a needed attribute is not set");
        }
        const cudnnStatus_t status = check_by_type(*descriptor);
        descriptor->finalized = status == CUDNN_STATUS_SUCCESS;
        return status;
    });
}

cudnnStatus_t cudnnBackendSetAttribute(cudnnBackendDescriptor_t handle, cudnnBackendAttributeName_t name,
                                       cudnnBackendAttributeType_t type, int64_t count, const void *elements) {
    return counted("cudnnBackendSetAttribute", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        BackendDescriptor *descriptor = find(handle);
        if (descriptor == nullptr) {
            return not_alive();
        }
        if (descriptor->finalized) {
            return refuse(CUDNN_STATUS_NOT_INITIALIZED, "the descriptor is finalized already");
        }
        const AttributeRule *rule = find_rule(descriptor->type, name);
        if (rule == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the attribute cannot be set in a descriptor of the type");
        }
        if (!fits(*rule, type)) {
            return refuse(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE, "the attribute has another type");
        }
        if (count < 1 || count > rule->most || elements == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the number of elements is wrong, or their memory null");
        }
        return set(*descriptor, name, {type, count, {}, {}}, elements);
    });
}

cudnnStatus_t cudnnBackendGetAttribute(cudnnBackendDescriptor_t handle, cudnnBackendAttributeName_t name,
                                       cudnnBackendAttributeType_t type, int64_t requested, int64_t *count,
                                       void *elements) {
    return counted("cudnnBackendGetAttribute", CUDNN_STATUS_INTERNAL_ERROR, [&] {
        const BackendDescriptor *descriptor = find(handle);
        if (descriptor == nullptr) {
            return not_alive();
        }
        if (!descriptor->finalized) {
            return refuse(CUDNN_STATUS_NOT_INITIALIZED, "the descriptor is not finalized");
        }
        return get({type, requested, count, elements}, *descriptor, name);
    });
}

cudnnStatus_t cudnnBackendExecute(cudnnHandle_t handle, cudnnBackendDescriptor_t plan, cudnnBackendDescriptor_t pack) {
    return counted("cudnnBackendExecute", CUDNN_STATUS_EXECUTION_FAILED, [&] {
        const BackendDescriptor *planned = find(plan);
        const BackendDescriptor *packed = find(pack);
        if (handles().find(handle) == nullptr) {
            return refuse(CUDNN_STATUS_BAD_PARAM, "the handle is not alive");
        }
        if (!is_finalized(planned, CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR) ||
            !is_finalized(packed, CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR)) {
            return refuse(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED, "the plan or the variant pack is not finalized");
        }
        return execute(handle, *planned, *packed);
    });
}
