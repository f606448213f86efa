package dev.hardnet.onnx.read;

import dev.hardnet.HarDNetException;
import dev.hardnet.onnx.proto.Onnx.AttributeProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A node together with the values that it reads. */
final class NodeCall {
    private final String name;
    private final NodeProto proto;
    private final List<OnnxValue> inputs;

    /** An input that is left out is null. */
    NodeCall(String name, NodeProto proto, List<OnnxValue> inputs) {
        this.name = name;
        this.proto = proto;
        this.inputs = new ArrayList<>(inputs);
    }

    String type() {
        return proto.getOpType();
    }

    /** An input that the operator cannot do without. */
    OnnxValue input(int index) {
        return optional(index).orElseThrow(() -> fault("has no input %d, which its operator needs".formatted(index)));
    }

    Dims dims(int index) {
        return input(index).dims();
    }

    Optional<OnnxValue> optional(int index) {
        return index < inputs.size() ? Optional.ofNullable(inputs.get(index)) : Optional.empty();
    }

    /** The inputs that are there. */
    List<OnnxValue> inputs() {
        return inputs.stream().filter(Objects::nonNull).toList();
    }

    int inputCount() {
        return inputs.size();
    }

    int outputCount() {
        return proto.getOutputCount();
    }

    /** The elements of an input that decides shapes. */
    Numbers content(int index) {
        OnnxValue value = input(index);
        return value.content().orElseThrow(() -> new NodeNotSupported("reads sizes from %s, which is not constant"
                .formatted(value.name())));
    }

    /** Integers that newer operators read as an input, and older ones have as an attribute. */
    Optional<List<Long>> integers(int index, String attribute) {
        return optional(index).isPresent() ? Optional.of(content(index).toLongs()) : integers(attribute);
    }

    Optional<List<Long>> integers(String attribute) {
        return attribute(attribute).map(AttributeProto::getIntsList);
    }

    /** Two integers, for rows and for columns. */
    List<Long> pair(String attribute, long otherwise) {
        List<Long> pair = integers(attribute).orElse(List.of(otherwise, otherwise));
        if (pair.size() != 2) {
            throw fault("has %d %s for maps of 2 dimensions".formatted(pair.size(), attribute));
        }
        return pair;
    }

    long integer(String attribute, long otherwise) {
        return attribute(attribute).map(AttributeProto::getI).orElse(otherwise);
    }

    String text(String attribute, String otherwise) {
        return attribute(attribute).map(found -> found.getS().toStringUtf8()).orElse(otherwise);
    }

    Optional<AttributeProto> attribute(String wanted) {
        return proto.getAttributeList().stream().filter(found -> found.getName().equals(wanted)).findFirst();
    }

    /** An axis of a tensor, counted from its end when negative. */
    int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw fault("has axis %d for a tensor of %d dimensions".formatted(axis, rank));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The contradiction that a node is, as a sentence; the text follows its name. */
    HarDNetException fault(String text) {
        return new HarDNetException("node %s (%s) %s.".formatted(name, type(), text));
    }
}
