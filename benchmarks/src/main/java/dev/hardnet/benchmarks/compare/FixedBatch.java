package dev.hardnet.benchmarks.compare;

import com.google.protobuf.ByteString;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import dev.hardnet.onnx.proto.Onnx.ValueInfoProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Closes the open batch of an exported network, for runtimes that cannot resize to sizes computed at run time. */
final class FixedBatch {
    private static final String BATCH_NODE = "Shape";

    private final int batch;
    private final Map<String, TensorProto> constants;
    private final Optional<String> batchSize;

    private FixedBatch(GraphProto graph, int batch) {
        this.batch = batch;
        constants = graph.getInitializerList().stream()
                .collect(Collectors.toMap(TensorProto::getName, Function.identity()));
        batchSize = graph.getNodeList().stream().filter(node -> node.getOpType().equals(BATCH_NODE))
                .map(node -> node.getOutput(0)).findFirst();
    }

    /** Writes a network that takes exactly that many pictures. */
    static void write(Path from, Path to, int batch) throws IOException {
        ModelProto.Builder model;
        try (InputStream in = Files.newInputStream(from)) {
            model = ModelProto.parseFrom(in).toBuilder();
        }
        new FixedBatch(model.getGraph(), batch).close(model.getGraphBuilder());
        try (OutputStream out = Files.newOutputStream(to)) {
            model.build().writeTo(out);
        }
    }

    private void close(GraphProto.Builder graph) {
        graph.getInputBuilderList().forEach(this::close);
        graph.getOutputBuilderList().forEach(this::close);
        List<NodeProto> nodes = List.copyOf(graph.getNodeList());
        graph.clearNode();
        for (NodeProto node : nodes) {
            if (isSizes(node)) {
                graph.addInitializer(sizes(node));
            } else if (!node.getOpType().equals(BATCH_NODE)) {
                graph.addNode(node);
            }
        }
    }

    private void close(ValueInfoProto.Builder value) {
        value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilder(0).setDimValue(batch);
    }

    /** Whether a node joins the batch with a constant. */
    private boolean isSizes(NodeProto node) {
        return batchSize.isPresent() && node.getInputList().contains(batchSize.get());
    }

    private TensorProto sizes(NodeProto node) {
        TensorProto planes = constants.get(node.getInput(1));
        ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, batch);
        return planes.toBuilder().setName(node.getOutput(0)).setDims(0, planes.getDims(0) + 1)
                .setRawData(ByteString.copyFrom(first).concat(planes.getRawData())).build();
    }
}
