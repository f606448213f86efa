package dev.hardnet.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.graph.Graph;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import dev.hardnet.onnx.proto.Onnx.StringStringEntryProto;
import dev.hardnet.onnx.proto.Onnx.TensorShapeProto;
import dev.hardnet.onnx.proto.Onnx.ValueInfoProto;
import dev.hardnet.weights.SyntheticWeights;
import dev.hardnet.weights.WeightStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExportTest {
    private static final SessionOptions OPTIONS = SessionOptions.builder().size(64, 96).batch(3).build();

    @TempDir
    private Path folder;

    @Test
    void theFileSaysWhatItIs() throws IOException {
        ModelProto model = export("a.onnx");
        assertEquals("", model.getOpsetImport(0).getDomain());
        assertEquals(OnnxExport.OPSET, model.getOpsetImport(0).getVersion());
        assertTrue(OnnxExport.OPSET >= 17);
        assertEquals(8, model.getIrVersion());
        assertEquals("hardnet", model.getProducerName());
        assertTrue(model.getProducerVersion().matches("\\d+\\.\\d+\\.\\d+"), model.getProducerVersion());
        assertEquals("hardnet39ds from the embedded model, input batch x 3 x 64 x 96.", model.getDocString());
        Map<String, String> metadata = model.getMetadataPropsList().stream().collect(
                Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
        assertEquals("hardnet39ds", metadata.get("network"));
        assertEquals("the embedded model", metadata.get("weights"));
        assertEquals("64", metadata.get("input_size"));
    }

    @Test
    void theBatchIsOpenAndHeightAndWidthAreFixed() throws IOException {
        GraphProto graph = export("a.onnx").getGraph();
        assertEquals(List.of("input batch,3,64,96"), graph.getInputList().stream().map(OnnxExportTest::text).toList());
        assertEquals(List.of("logits batch,10"), graph.getOutputList().stream().map(OnnxExportTest::text).toList());
    }

    @Test
    void everyOperatorHasItsNodeAndBatchNormsAreFolded() throws IOException {
        GraphProto graph = export("a.onnx").getGraph();
        List<String> names = graph.getNodeList().stream().map(NodeProto::getName).toList();
        network().operators().forEach(operator -> assertTrue(names.contains(operator.name()), operator.name()));
        assertEquals(names.size(), new HashSet<>(names).size());
        for (NodeProto node : graph.getNodeList()) {
            assertFalse(node.getOpType().equals("BatchNormalization"), node.getName());
            assertTrue(!node.getOpType().equals("Conv") || node.getInputCount() == 3, node.getName());
        }
    }

    @Test
    void onlyViewsOfSeveralMapsAreConcatenatedAndEachOnce() throws IOException {
        long views = network().operators().stream().flatMap(operator -> operator.reads().stream())
                .filter(view -> view.segments().size() > 1).distinct().count();
        List<NodeProto> nodes = export("a.onnx").getGraph().getNodeList();
        assertTrue(views > 0);
        assertEquals(views, nodes.stream().filter(node -> node.getOpType().equals("Concat")).count());
        assertTrue(nodes.stream().noneMatch(node -> node.getOpType().equals("Slice")));
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        export("a.onnx");
        export("b.onnx");
        assertArrayEquals(Files.readAllBytes(folder.resolve("a.onnx")), Files.readAllBytes(folder.resolve("b.onnx")));
    }

    @Test
    void progressRisesToOne() {
        List<Double> parts = new ArrayList<>();
        try (Model model = Model.embedded()) {
            model.writeOnnx(folder.resolve("a.onnx"), OPTIONS, parts::add);
        }
        assertEquals(parts.stream().sorted().toList(), parts);
        assertTrue(parts.getFirst() > 0);
        assertEquals(1.0, parts.getLast());
    }

    @Test
    void anUnwritablePathIsOneSentenceAndLeavesNothing() throws IOException {
        Path file = folder.resolve("missing").resolve("a.onnx");
        try (Model model = Model.embedded()) {
            HarDNetException failure = assertThrows(HarDNetException.class, () -> model.writeOnnx(file, OPTIONS));
            assertTrue(failure.getMessage().startsWith(file + " cannot be written: there is no folder "),
                    failure.getMessage());
        }
        assertEquals(List.of(), contents());
    }

    @Test
    void weightsThatFailLeaveAnExistingFileAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("a.onnx"), "before");
        WeightStore none = new WeightStore(new SyntheticWeights(List.of(), 1));
        assertThrows(HarDNetException.class, () -> OnnxExport.write(file, network(), none, Map.of(), _ -> { }));
        assertEquals("before", Files.readString(file));
        assertEquals(List.of(file), contents());
    }

    @Test
    void aClosedModelIsRefused() throws IOException {
        Model model = Model.embedded();
        model.close();
        assertThrows(IllegalStateException.class, () -> model.writeOnnx(folder.resolve("a.onnx"), OPTIONS));
        assertEquals(List.of(), contents());
    }

    private static Graph network() {
        return Network.HARDNET_39DS.graph(1, 64, 96, 10);
    }

    private ModelProto export(String name) throws IOException {
        Path file = folder.resolve(name);
        try (Model model = Model.embedded()) {
            model.writeOnnx(file, OPTIONS);
        }
        return ModelProto.parseFrom(Files.readAllBytes(file));
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String text(ValueInfoProto value) {
        return value.getName() + " " + value.getType().getTensorType().getShape().getDimList().stream()
                .map(OnnxExportTest::text).collect(Collectors.joining(","));
    }

    private static String text(TensorShapeProto.Dimension dimension) {
        return dimension.hasDimParam() ? dimension.getDimParam() : Long.toString(dimension.getDimValue());
    }
}
