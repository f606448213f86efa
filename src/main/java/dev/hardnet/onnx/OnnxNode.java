package dev.hardnet.onnx;

import com.google.protobuf.ByteString;
import dev.hardnet.onnx.proto.Onnx.AttributeProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import java.util.List;

/** A node on its way into the graph: what it reads, its attributes, last what it writes. */
final class OnnxNode {
    private final OnnxGraph graph;
    private final NodeProto.Builder proto;

    OnnxNode(OnnxGraph graph, String type, String name) {
        this.graph = graph;
        proto = NodeProto.newBuilder().setOpType(type).setName(name);
    }

    /** Adds inputs; an empty name leaves an optional one out. */
    OnnxNode reads(String... values) {
        proto.addAllInput(List.of(values));
        return this;
    }

    OnnxNode integer(String name, long value) {
        proto.addAttributeBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value);
        return this;
    }

    OnnxNode integers(String name, long... elements) {
        AttributeProto.Builder attribute = proto.addAttributeBuilder().setName(name)
                .setType(AttributeProto.AttributeType.INTS);
        for (long element : elements) {
            attribute.addInts(element);
        }
        return this;
    }

    OnnxNode text(String name, String value) {
        proto.addAttributeBuilder().setName(name).setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value));
        return this;
    }

    /** Adds the node to the graph and gives the value it writes. */
    String writes(String value) {
        graph.add(proto.addOutput(value).build());
        return value;
    }
}
