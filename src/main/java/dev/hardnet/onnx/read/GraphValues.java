package dev.hardnet.onnx.read;

import dev.hardnet.HarDNetException;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each name of a graph stands for; each is written once, before it is read. */
final class GraphValues {
    private final Map<String, OnnxValue> values = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();
    private final Set<String> written = new HashSet<>();

    GraphValues(GraphProto graph) {
        for (NodeProto node : graph.getNodeList()) {
            written.addAll(node.getOutputList());
        }
    }

    boolean isDefined(String name) {
        return values.containsKey(name) || unknown.contains(name);
    }

    void define(OnnxValue value) {
        checkNew(value.name());
        values.put(value.name(), value);
    }

    /** A value whose shape cannot be told. */
    void defineUnknown(String name) {
        if (!name.isEmpty()) {
            checkNew(name);
            unknown.add(name);
        }
    }

    private void checkNew(String name) {
        if (isDefined(name)) {
            throw new HarDNetException("the value %s is written twice.".formatted(name));
        }
    }

    /** The value of a name, empty when its shape is unknown. */
    Optional<OnnxValue> read(String name, String reader) {
        if (!isDefined(name)) {
            throw new HarDNetException(written.contains(name)
                    ? "%s reads %s before it is written; expected are nodes without cycles, each behind those it reads."
                            .formatted(reader, name)
                    : "%s reads %s, which nothing writes.".formatted(reader, name));
        }
        return Optional.ofNullable(values.get(name));
    }
}
