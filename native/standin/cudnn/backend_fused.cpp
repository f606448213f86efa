// Stand-in CUDA for tests (standin.h says what it proves and what not): operation graphs of the backend interface.
#include "backend_fused.h"

#include <algorithm>
#include <limits>

namespace standin {

namespace {

constexpr int64_t NO_OPERAND = -1;

int64_t id_of(const BackendDescriptor &tensor) { return tensor.integer(CUDNN_ATTR_TENSOR_UNIQUE_ID); }

bool is_virtual(const BackendDescriptor &tensor) { return tensor.flag(CUDNN_ATTR_TENSOR_IS_VIRTUAL); }

bool is_same(const BackendDescriptor &one, const BackendDescriptor &other) {
    const Tensor a = tensor_of(one);
    const Tensor b = tensor_of(other);
    return a.type == b.type && a.size == b.size && a.stride == b.stride && is_virtual(one) == is_virtual(other);
}

// Follows a graph from its convolution to its result.
class Fuser {
  public:
    explicit Fuser(const BackendDescriptor &graph)
        : operations_(graph.attribute(CUDNN_ATTR_OPERATIONGRAPH_OPS).descriptors) {}

    cudnnStatus_t run() {
        cudnnStatus_t status = collect_tensors();
        if (status == CUDNN_STATUS_SUCCESS) {
            status = begin();
        }
        while (status == CUDNN_STATUS_SUCCESS && !operations_.empty()) {
            status = follow();
        }
        return status == CUDNN_STATUS_SUCCESS ? end() : status;
    }

    const FusedConvolution &fused() const { return fused_; }

  private:
    static cudnnStatus_t wrong_pattern() {
        return refuse(CUDNN_STATUS_NOT_SUPPORTED_GRAPH_PATTERN,
                      "the stand-in knows one convolution, followed by pointwise operations on virtual tensors");
    }

    cudnnStatus_t collect_tensors() {
        for (const BackendPointer &operation : operations_) {
            for (const auto &entry : operation->attributes) {
                const std::vector<BackendPointer> &found = entry.second.descriptors;
                if (found.empty() || found.front()->type != CUDNN_BACKEND_TENSOR_DESCRIPTOR) {
                    continue;
                }
                const BackendPointer &tensor = found.front();
                const BackendPointer &known = tensors_.emplace(id_of(*tensor), tensor).first->second;
                if (known != tensor && !is_same(*known, *tensor)) {
                    return refuse(CUDNN_STATUS_BAD_PARAM_DUPLICATED_ENTRIES, "two tensors have the same unique id");
                }
            }
        }
        return CUDNN_STATUS_SUCCESS;
    }

    cudnnStatus_t begin() {
        const auto found = std::find_if(operations_.begin(), operations_.end(), [](const BackendPointer &each) {
            return each->type == CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR;
        });
        if (found == operations_.end()) {
            return wrong_pattern();
        }
        const BackendDescriptor &operation = **found;
        describe(operation);
        fused_.source = use(*operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X));
        fused_.filter = use(*operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W));
        latest_ = operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y);
        operations_.erase(found);
        return types_agree() ? CUDNN_STATUS_SUCCESS
                             : refuse(CUDNN_STATUS_NOT_SUPPORTED_DATA_TYPE,
                                      "the types of a convolution's input and filter differ");
    }

    bool types_agree() const { return fused_.correlation.source.type == fused_.correlation.filter_type; }

    void describe(const BackendDescriptor &operation) {
        const BackendDescriptor &convolution =
            *operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC);
        const Tensor w = tensor_of(*operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W));
        Correlation &c = fused_.correlation;
        c.source = tensor_of(*operation.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X));
        c.origin = pair(convolution, CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS);
        c.spread = {1, 1};
        c.groups = c.source.size[C] / w.size[C];
        c.filter_type = w.type;
        c.filter = {0,           w.size[N] / c.groups * w.stride[N], w.stride[N], w.stride[C], w.stride[H],
                    w.stride[W]};
        c.kernel = {w.size[H], w.size[W]};
        c.dilation = pair(convolution, CUDNN_ATTR_CONVOLUTION_DILATIONS);
        c.step = pair(convolution, CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES);
        c.alpha = static_cast<float>(operation.number(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, 1));
    }

    static Pair pair(const BackendDescriptor &convolution, cudnnBackendAttributeName_t name) {
        const Attribute &attribute = convolution.attribute(name);
        return {attribute.at<int64_t>(0), attribute.at<int64_t>(1)};
    }

    // A tensor that the variant pack gives memory for.
    int64_t use(const BackendDescriptor &tensor) {
        fused_.tensors[id_of(tensor)] = {tensor_of(tensor), tensor.integer(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT)};
        return id_of(tensor);
    }

    // The operation that reads the latest result.
    cudnnStatus_t follow() {
        const auto found = std::find_if(operations_.begin(), operations_.end(), [&](const BackendPointer &each) {
            return each->type == CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR &&
                   id_of(*each->descriptor(CUDNN_ATTR_OPERATION_POINTWISE_XDESC)) == id_of(*latest_);
        });
        if (found == operations_.end() || !is_virtual(*latest_)) {
            return wrong_pattern();
        }
        const BackendDescriptor &operation = **found;
        if (operation.has(CUDNN_ATTR_OPERATION_POINTWISE_BDESC) &&
            is_virtual(*operation.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_BDESC))) {
            return wrong_pattern();
        }
        add_stage(operation);
        fused_.virtual_ids.insert(id_of(*latest_));
        latest_ = operation.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_YDESC);
        operations_.erase(found);
        return CUDNN_STATUS_SUCCESS;
    }

    void add_stage(const BackendDescriptor &operation) {
        const BackendDescriptor &pointwise = *operation.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR);
        Stage stage = {};
        if (!operation.has(CUDNN_ATTR_OPERATION_POINTWISE_BDESC)) {
            stage.kind = Stage::CLIP;
            stage.low = static_cast<float>(pointwise.number(CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP, 0));
            stage.high = static_cast<float>(pointwise.number(CUDNN_ATTR_POINTWISE_RELU_UPPER_CLIP,
                                                             std::numeric_limits<float>::infinity()));
            fused_.operands.push_back(NO_OPERAND);
        } else {
            const bool adds = pointwise.enumerator(CUDNN_ATTR_POINTWISE_MODE) == CUDNN_POINTWISE_ADD;
            const BackendDescriptor &operand = *operation.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_BDESC);
            stage.kind = adds ? Stage::ADD : Stage::MULTIPLY;
            stage.operand = broadcast(tensor_of(operand));
            fused_.operands.push_back(use(operand));
        }
        fused_.correlation.stages.push_back(stage);
    }

    static Tensor broadcast(Tensor tensor) {
        for (int dimension = N; dimension <= W; dimension++) {
            tensor.stride[dimension] = tensor.size[dimension] == 1 ? 0 : tensor.stride[dimension];
        }
        return tensor;
    }

    cudnnStatus_t end() {
        if (is_virtual(*latest_)) {
            return wrong_pattern();
        }
        fused_.result = use(*latest_);
        fused_.correlation.result = tensor_of(*latest_);
        return CUDNN_STATUS_SUCCESS;
    }

    std::vector<BackendPointer> operations_;
    std::map<int64_t, BackendPointer> tensors_;
    BackendPointer latest_;
    FusedConvolution fused_ = {};
};

} // namespace

cudnnStatus_t fuse(BackendDescriptor &graph) {
    Fuser fuser(graph);
    const cudnnStatus_t status = fuser.run();
    if (status == CUDNN_STATUS_SUCCESS) {
        graph.fused = std::make_shared<FusedConvolution>(fuser.fused());
    }
    return status;
}

} // namespace standin
