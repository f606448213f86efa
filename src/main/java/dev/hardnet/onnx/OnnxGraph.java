package dev.hardnet.onnx;

import com.google.protobuf.ByteString;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Output;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import dev.hardnet.onnx.proto.Onnx.TensorShapeProto;
import dev.hardnet.onnx.proto.Onnx.TypeProto;
import dev.hardnet.onnx.proto.Onnx.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** An ONNX graph to which nodes, constants and weights are added. */
final class OnnxGraph {
    private static final String BATCH = "batch";

    private final GraphProto.Builder proto = GraphProto.newBuilder().setName("hardnet");
    private final List<WeightTensors> weights = new ArrayList<>();
    private final UniqueNames nodeNames = new UniqueNames();
    private final Map<String, String> constants = new HashMap<>();
    private final MapValues values;
    private final String input;
    private String batchSize;

    OnnxGraph(Graph graph) {
        input = graph.input().name();
        values = new MapValues(this, graph);
        int[] shape = Output.planes(input, graph.input()).tensorShape();
        proto.addInput(tensor(input, ElementType.FLOAT32, shape));
        graph.outputs().forEach(output ->
                proto.addOutput(tensor(output.name(), output.type(), output.tensorShape())));
    }

    /** The values that maps and views have. */
    MapValues values() {
        return values;
    }

    /** Starts a node; it is renamed when there is one of that name. */
    OnnxNode node(String type, String name) {
        return new OnnxNode(this, type, nodeNames.take(name));
    }

    void add(NodeProto node) {
        proto.addNode(node);
    }

    /** Adds a constant of whole numbers, unless there is one of that name. */
    String longs(String name, long... elements) {
        ByteBuffer bytes = little(elements.length * Long.BYTES);
        bytes.asLongBuffer().put(elements);
        return constant(name, TensorProto.DataType.INT64, List.of((long) elements.length), bytes);
    }

    /** Adds a constant number, unless there is one of that name. */
    String number(String name, double element) {
        return floats(name, List.of(), (float) element);
    }

    /** Adds a constant of float32, unless there is one of that name. */
    String floats(String name, List<Long> dims, float... elements) {
        ByteBuffer bytes = little(elements.length * Float.BYTES);
        bytes.asFloatBuffer().put(elements);
        return constant(name, TensorProto.DataType.FLOAT, dims, bytes);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String constant(String name, TensorProto.DataType type, List<Long> dims, ByteBuffer bytes) {
        return constants.computeIfAbsent(name, _ -> {
            String value = values.unused(name);
            proto.addInitializer(TensorProto.newBuilder().setName(value).setDataType(type.getNumber())
                    .addAllDims(dims).setRawData(ByteString.copyFrom(bytes)));
            return value;
        });
    }

    /** Adds tensors whose elements are made when they are written. */
    void weights(List<WeightTensors.Header> headers, Supplier<List<float[]>> elements) {
        weights.add(new WeightTensors(headers, elements));
    }

    List<WeightTensors> weights() {
        return weights;
    }

    /** The number of pictures, known when the network runs: one element. */
    String batchSize() {
        if (batchSize == null) {
            batchSize = node("Shape", "batch_size").reads(input).integer("start", 0).integer("end", 1)
                    .writes(values.unused("batch_size"));
        }
        return batchSize;
    }

    GraphProto build() {
        return proto.build();
    }

    /** What a tensor is; its first size is left open. */
    private static ValueInfoProto tensor(String name, ElementType type, int[] shape) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        sizes.addDimBuilder().setDimParam(BATCH);
        IntStream.of(shape).skip(1).forEach(size -> sizes.addDimBuilder().setDimValue(size));
        TensorProto.DataType element = switch (type) {
            case FLOAT32 -> TensorProto.DataType.FLOAT;
            case UINT8 -> TensorProto.DataType.UINT8;
            case BFLOAT16 -> TensorProto.DataType.BFLOAT16;
        };
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(element.getNumber()).setShape(sizes))).build();
    }
}
