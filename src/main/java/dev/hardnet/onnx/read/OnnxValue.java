package dev.hardnet.onnx.read;

import dev.hardnet.traffic.LayerTensor;
import java.util.Optional;

/**
 * What a name of the graph stands for.
 *
 * @param name     the name
 * @param dims     the tensor's sizes
 * @param constant whether it is the same in every run: a weight, or made of weights and shapes alone
 * @param content  its elements, where it is constant and small
 */
record OnnxValue(String name, Dims dims, boolean constant, Optional<Numbers> content) {
    static OnnxValue computed(String name, Dims dims) {
        return new OnnxValue(name, dims, false, Optional.empty());
    }

    static OnnxValue constant(String name, Dims dims, Optional<Numbers> content) {
        return new OnnxValue(name, dims, true, content);
    }

    LayerTensor tensor() {
        return new LayerTensor(name, dims.shape());
    }
}
