package dev.hardnet.onnx;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.io.AtomicFile;
import dev.hardnet.io.Release;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import dev.hardnet.onnx.proto.Onnx.OperatorSetIdProto;
import dev.hardnet.onnx.proto.Onnx.StringStringEntryProto;
import dev.hardnet.weights.WeightStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;

/**
 * Writes a network as an ONNX file that other runtimes take: batch norms behind convolutions are folded, views become
 * Concat and Slice only where they are not one whole map, and the batch stays open.
 */
public final class OnnxExport {
    /**
     * The version of the operators: the first that has all that is needed with an open batch in every runtime of the
     * last years. Later versions add nothing for these networks and shut out older runtimes.
     */
    public static final int OPSET = 17;
    /** The version of the file format that belongs to the operators. */
    private static final int IR_VERSION = 8;

    private OnnxExport() {
    }

    /**
     * Writes a graph; the file appears once it is complete.
     *
     * @param file        the file, replaced when it exists
     * @param graph       the network for one input height and width; its batch is left open
     * @param weights     its weights
     * @param description what the file says of itself: names and values
     * @param progress    is told from time to time which part of the weights is written, from 0 to 1
     * @throws HarDNetException when it cannot be written, would exceed 2 GiB, or the weights do not fit
     */
    public static void write(Path file, Graph graph, WeightStore weights, Map<String, String> description,
                             DoubleConsumer progress) {
        OnnxGraph nodes = new OnnxGraph(graph);
        for (Operator operator : graph.operators()) {
            OperatorNodes.add(operator, nodes, weights);
        }
        OutputNodes.add(graph.outputs(), nodes);
        OnnxFile content = new OnnxFile(model(graph, description), nodes.build(), nodes.weights(), progress);
        content.checkSize(file);
        AtomicFile.write(file, content::writeTo);
    }

    private static ModelProto model(Graph graph, Map<String, String> description) {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setProducerName("hardnet").setProducerVersion(Release.version())
                .setDocString("%s from %s, input batch x %d x %d x %d.".formatted(description.get("network"),
                        description.get("weights"), graph.input().shape().c(), graph.input().shape().h(),
                        graph.input().shape().w()));
        new TreeMap<>(description).forEach((name, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(name).setValue(value)));
        return model.build();
    }
}
