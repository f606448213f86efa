package dev.hardnet.onnx.read;

import dev.hardnet.onnx.proto.Onnx.AttributeProto;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import java.util.Map;
import java.util.Set;

/** The messages on the way to a tensor's elements, and which of their fields tell shapes. */
enum MessageKind {
    TENSOR(Set.of(TensorProto.DIMS_FIELD_NUMBER, TensorProto.DATA_TYPE_FIELD_NUMBER, TensorProto.NAME_FIELD_NUMBER,
            TensorProto.FLOAT_DATA_FIELD_NUMBER, TensorProto.INT32_DATA_FIELD_NUMBER,
            TensorProto.INT64_DATA_FIELD_NUMBER, TensorProto.DOUBLE_DATA_FIELD_NUMBER,
            TensorProto.RAW_DATA_FIELD_NUMBER), Map.of()),
    ATTRIBUTE(Set.of(AttributeProto.NAME_FIELD_NUMBER, AttributeProto.TYPE_FIELD_NUMBER, AttributeProto.F_FIELD_NUMBER,
            AttributeProto.I_FIELD_NUMBER, AttributeProto.S_FIELD_NUMBER, AttributeProto.FLOATS_FIELD_NUMBER,
            AttributeProto.INTS_FIELD_NUMBER), Map.of(AttributeProto.T_FIELD_NUMBER, TENSOR)),
    NODE(Set.of(NodeProto.INPUT_FIELD_NUMBER, NodeProto.OUTPUT_FIELD_NUMBER, NodeProto.NAME_FIELD_NUMBER,
            NodeProto.OP_TYPE_FIELD_NUMBER, NodeProto.DOMAIN_FIELD_NUMBER),
            Map.of(NodeProto.ATTRIBUTE_FIELD_NUMBER, ATTRIBUTE)),
    GRAPH(Set.of(GraphProto.NAME_FIELD_NUMBER, GraphProto.INPUT_FIELD_NUMBER, GraphProto.OUTPUT_FIELD_NUMBER,
            GraphProto.VALUE_INFO_FIELD_NUMBER),
            Map.of(GraphProto.NODE_FIELD_NUMBER, NODE, GraphProto.INITIALIZER_FIELD_NUMBER, TENSOR)),
    MODEL(Set.of(ModelProto.IR_VERSION_FIELD_NUMBER), Map.of(ModelProto.GRAPH_FIELD_NUMBER, GRAPH));

    private final Set<Integer> kept;
    private final Map<Integer, MessageKind> messages;

    MessageKind(Set<Integer> kept, Map<Integer, MessageKind> messages) {
        this.kept = kept;
        this.messages = messages;
    }

    /** Whether a field is copied as it stands. */
    boolean keeps(int field) {
        return kept.contains(field);
    }

    /** The message that a field holds, null for one that is copied or left out. */
    MessageKind message(int field) {
        return messages.get(field);
    }
}
