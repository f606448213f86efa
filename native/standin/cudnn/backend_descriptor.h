// The descriptors of the backend interface: attributes by name, until they are finalized.
#ifndef HARDNET_STANDIN_BACKEND_DESCRIPTOR_H
#define HARDNET_STANDIN_BACKEND_DESCRIPTOR_H

#include "handle.h"
#include "standin_cudnn_backend.h"

#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <vector>

namespace standin {

struct BackendDescriptor;
struct FusedConvolution;

// Shared by the handles and by the descriptors that refer to it, so that a handle may be destroyed before them.
using BackendPointer = std::shared_ptr<BackendDescriptor>;

struct Attribute {
    cudnnBackendAttributeType_t type;
    int64_t count;
    std::vector<uint8_t> bytes;
    std::vector<BackendPointer> descriptors; // instead of bytes, where the elements are descriptors

    template <class T> T at(int64_t index) const {
        T value;
        memcpy(&value, bytes.data() + static_cast<size_t>(index) * sizeof value, sizeof value);
        return value;
    }

    template <class T> std::vector<T> all() const {
        std::vector<T> values;
        for (int64_t i = 0; i < count; i++) {
            values.push_back(at<T>(i));
        }
        return values;
    }
};

struct BackendDescriptor {
    cudnnBackendDescriptorType_t type;
    bool finalized = false;
    std::map<cudnnBackendAttributeName_t, Attribute> attributes = {};
    std::shared_ptr<const FusedConvolution> fused = {}; // of a finalized operation graph

    bool has(cudnnBackendAttributeName_t name) const { return attributes.count(name) == 1; }
    const Attribute &attribute(cudnnBackendAttributeName_t name) const { return attributes.at(name); }
    const BackendPointer &descriptor(cudnnBackendAttributeName_t name) const {
        return attribute(name).descriptors.front();
    }
    int64_t integer(cudnnBackendAttributeName_t name) const { return attribute(name).at<int64_t>(0); }

    // For all enumerations.
    int enumerator(cudnnBackendAttributeName_t name) const { return attribute(name).at<int>(0); }

    // A float or a double.
    double number(cudnnBackendAttributeName_t name, double otherwise) const;
    bool flag(cudnnBackendAttributeName_t name) const { return has(name) && attribute(name).at<bool>(0); }

    void put_integer(cudnnBackendAttributeName_t name, int64_t value);
    void put_descriptor(cudnnBackendAttributeName_t name, BackendPointer value);
};

// What is known of an attribute that can be set.
struct AttributeRule {
    cudnnBackendDescriptorType_t descriptor;
    cudnnBackendAttributeName_t name;
    cudnnBackendAttributeType_t type;
    int64_t most; // elements
    bool needed;  // to finalize
};

Registry<cudnnBackendDescriptor_t, BackendPointer> &backend_descriptors();

bool is_known(cudnnBackendDescriptorType_t type);

// The rule, or null where the attribute cannot be set.
const AttributeRule *find_rule(cudnnBackendDescriptorType_t descriptor, cudnnBackendAttributeName_t name);

// Whether an attribute of the rule may have the type: numbers may be float or double.
bool fits(const AttributeRule &rule, cudnnBackendAttributeType_t type);

// Whether every needed attribute is set.
bool is_complete(const BackendDescriptor &descriptor);

size_t element_bytes(cudnnBackendAttributeType_t type);

} // namespace standin

#endif
