package dev.hardnet.onnx;

import dev.hardnet.onnx.proto.Onnx.TensorProto;
import java.util.List;
import java.util.function.Supplier;

/**
 * An operator's weights: what they are is known at once, their elements are made when their turn to be written comes,
 * so that only one operator's are in memory.
 *
 * @param headers  what each tensor is
 * @param elements makes the elements of each tensor
 */
record WeightTensors(List<Header> headers, Supplier<List<float[]>> elements) {
    /**
     * What a tensor of float32 is.
     *
     * @param name its name
     * @param dims its sizes
     */
    record Header(String name, List<Long> dims) {
        static Header of(String name, List<Integer> dims) {
            return new Header(name, dims.stream().map(Integer::longValue).toList());
        }

        /** The size of its elements. */
        long bytes() {
            return dims.stream().reduce((long) Float.BYTES, (a, b) -> a * b);
        }

        /** The tensor without its elements. */
        TensorProto proto() {
            return TensorProto.newBuilder().setName(name).addAllDims(dims)
                    .setDataType(TensorProto.DataType.FLOAT.getNumber()).build();
        }
    }
}
