package dev.hardnet.onnx.read;

import dev.hardnet.onnx.proto.Onnx.NodeProto;
import java.util.HashSet;
import java.util.Set;

/** A name for each layer: the node's, or that of what it writes where the node has none. */
final class NodeNames {
    private final Set<String> taken = new HashSet<>();

    String take(NodeProto node) {
        String wanted = node.getName();
        if (wanted.isEmpty()) {
            wanted = node.getOutputCount() > 0 ? node.getOutput(0) : node.getOpType();
        }
        return taken.add(wanted) ? wanted : another(wanted);
    }

    /** A name like one that is taken. */
    String another(String name) {
        int number = 2;
        while (!taken.add(name + "_" + number)) {
            number++;
        }
        return name + "_" + number;
    }
}
