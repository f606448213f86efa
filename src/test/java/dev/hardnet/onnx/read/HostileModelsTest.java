package dev.hardnet.onnx.read;

import static dev.hardnet.onnx.read.ModelFile.integer;
import static dev.hardnet.onnx.read.ModelFile.integers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.onnx.OnnxLayers;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto.DataType;
import dev.hardnet.traffic.LayerGraph;
import dev.hardnet.traffic.UnsupportedNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are wrong, strange or too large: a sentence for each, or a note of what is left out. */
class HostileModelsTest {
    @TempDir
    private Path folder;

    private Path file;

    private final ModelFile model = new ModelFile().input("x", 1, 3, 8, 8);

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("model.onnx");
    }

    private void expectFault(String sentence) {
        assertEquals(file + ": " + sentence,
                assertThrows(HarDNetException.class, () -> model.read(folder, null)).getMessage());
    }

    @Test
    void aFileOfAnotherTypeIsRefused() throws IOException {
        Files.write(file, "This is no model, but a letter.".getBytes(StandardCharsets.UTF_8));
        assertEquals(file + " is no ONNX file, or is cut short: it does not follow protobuf's format.",
                assertThrows(HarDNetException.class, () -> OnnxLayers.read(file, null)).getMessage());
        Files.write(file, new byte[0]);
        assertEquals(file + " is no ONNX file of a network: it holds no graph with nodes.",
                assertThrows(HarDNetException.class, () -> OnnxLayers.read(file, null)).getMessage());
    }

    @Test
    void aMissingFileAndAFolderAreNamed() {
        assertEquals("There is no file %s.".formatted(file),
                assertThrows(HarDNetException.class, () -> OnnxLayers.read(file, null)).getMessage());
        assertTrue(assertThrows(HarDNetException.class, () -> OnnxLayers.read(folder, null)).getMessage()
                .startsWith(folder + " cannot be read "));
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        model.node("Relu", "x", "r").weight("w", 4, 3, 1, 1).node("Conv", "r w", "y").output("y")
                .raw(TensorProto.newBuilder().setName("large").addDims(100_000).setDataType(DataType.UINT8.getNumber())
                        .setRawData(ByteString.copyFrom(new byte[100_000])).build());
        byte[] bytes = model.bytes();
        for (int length : new int[] {1, 3, 10, 40, 100, 150, 1000, 60_000, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThrows(HarDNetException.class, () -> OnnxLayers.read(file, null), "cut to " + length);
        }
    }

    @Test
    void aTensorLargerThanTheMemoryIsNoHarm() {
        model.weight("w", 2_000_000_000, 3, 1, 1).node("Conv", "x w", "y");
        expectFault("A shape of 1x2000000000x8x8 has more than the 2147483647 elements that one map may have.");
    }

    @Test
    void sizesWhoseProductOverflowsAreRefused() {
        model.weight("w", 1L << 40, 3, 1 << 20, 1 << 20).node("Conv", "x w", "y",
                integers("pads", 1 << 20, 1 << 20, 1 << 20, 1 << 20));
        expectFault("a tensor has more elements than can be counted.");
    }

    @Test
    void negativeSizesAreRefused() {
        model.weight("w", 4, -3, 1, 1).node("Conv", "x w", "y");
        expectFault("A tensor of sizes [4, -3, 1, 1] was found; sizes must not be negative.");
    }

    @Test
    void aCycleIsRefused() {
        model.node("Add", "x b", "a").node("Relu", "a", "b");
        expectFault("node a_node reads b before it is written; expected are nodes without cycles, each behind those it "
                + "reads.");
    }

    @Test
    void aValueThatNothingWritesIsRefused() {
        model.node("Add", "x y", "a");
        expectFault("node a_node reads y, which nothing writes.");
    }

    @Test
    void aValueWrittenTwiceIsRefused() {
        model.node("Relu", "x", "a").node("Tanh", "x", "a");
        expectFault("the value a is written twice.");
    }

    @Test
    void aMissingInputIsNamed() {
        model.node("Conv", "x", "y");
        expectFault("node y_node (Conv) has no input 1, which its operator needs.");
    }

    @Test
    void aFilterThatDoesNotFitIsRefused() {
        model.weight("w", 4, 5, 1, 1).node("Conv", "x w", "y");
        expectFault("node y_node (Conv) reads a map of 1x3x8x8 with a filter of 4x5x1x1 in 1 groups, "
                + "which do not fit.");
    }

    @Test
    void aWindowLargerThanTheMapIsRefused() {
        model.weight("w", 4, 3, 9, 9).node("Conv", "x w", "y");
        expectFault("node y_node (Conv) has a window of 9 elements, which does not fit 8 padded by 0 and 0.");
    }

    @Test
    void aStrideOfZeroIsRefused() {
        model.node("MaxPool", "x", "y", integers("kernel_shape", 2, 2), integers("strides", 0, 1));
        expectFault("node y_node (MaxPool) has a window of 2 taps, stride 0, dilation 1; each must be at least 1.");
    }

    @Test
    void anAxisThatIsNotThereIsRefused() {
        model.node("Concat", "x x", "y", integer("axis", 4));
        expectFault("node y_node (Concat) has axis 4 for a tensor of 4 dimensions.");
    }

    @Test
    void aTensorOfFewerElementsThanItSaysIsRefused() {
        model.raw(TensorProto.newBuilder().setName("t").addDims(3).setDataType(DataType.INT64.getNumber())
                .addInt64Data(1).build()).node("Reshape", "x t", "y");
        expectFault("tensor t of 3 holds 1 elements.");
    }

    @Test
    void openSizesNeedOnesFromOutside() {
        ModelFile open = new ModelFile().input("x", -1, 3, -1, -1).node("Relu", "x", "y");
        assertEquals(file + ": input x leaves the number of its rows open; give --size HxW.",
                assertThrows(HarDNetException.class, () -> open.read(folder, null)).getMessage());
        assertEquals("1x3x5x7", open.read(folder, new InputSize(5, 7)).layers().getFirst().writes().shape().toString());
    }

    @Test
    void aSizeThatTheFileFixesOtherwiseIsRefused() {
        model.node("Relu", "x", "y");
        assertEquals(file + ": input x has 8 columns, fixed in the file, but the size 8x9 was given.",
                assertThrows(HarDNetException.class, () -> model.read(folder, new InputSize(8, 9))).getMessage());
    }

    @Test
    void anUnknownOperatorAndWhatReadsItAreLeftOutAndTheRestGoesOn() {
        model.node("LSTM", "x", "l").node("Relu", "l", "r").node("Relu", "x", "y").output("r").output("y");
        LayerGraph graph = model.read(folder, null);
        assertEquals(List.of(new UnsupportedNode("l_node", "LSTM", "Its operator is not known."),
                new UnsupportedNode("r_node", "Relu", "It reads l, whose shape is unknown.")), graph.unsupported());
        assertEquals(List.of("y_node"), graph.layers().stream().map(layer -> layer.name()).toList());
        assertEquals(List.of("y"), graph.outputs().stream().map(output -> output.name()).toList());
    }

    @Test
    void whatTheFileTellsOfAnUnknownOperatorsOutputIsTaken() {
        model.node("LSTM", "x", "l").told("l", 1, 5, 8, 8).node("Relu", "l", "y");
        LayerGraph graph = model.read(folder, null);
        assertEquals(1, graph.unsupported().size());
        assertEquals("1x5x8x8", graph.layers().getFirst().writes().shape().toString());
    }

    @Test
    void anOperatorOfAnotherDomainIsUnknown() {
        model.node("Relu", "x", "y").lastNode().setDomain("com.example");
        assertEquals("Its operator is not known.", model.read(folder, null).unsupported().getFirst().reason());
    }

    @Test
    void convolutionsOfOneDimensionAreLeftOut() {
        ModelFile sound = new ModelFile().input("x", 1, 3, 100).weight("w", 4, 3, 5).node("Conv", "x w", "y");
        assertEquals("It convolves maps of 1 dimensions, not 2.",
                sound.read(folder, null).unsupported().getFirst().reason());
    }

    @Test
    void aProductOfComputedMatricesIsLeftOutButItsShapeIsKnown() {
        model.node("MatMul", "x x", "m").node("Relu", "m", "y");
        LayerGraph graph = model.read(folder, null);
        assertEquals("It multiplies by a matrix that is computed, which is no linear layer.",
                graph.unsupported().getFirst().reason());
        assertEquals("1x3x8x8", graph.layers().getFirst().writes().shape().toString());
    }

    @Test
    void nodesWithoutOrWithEqualNamesAreToldApart() {
        model.node("Relu", "x", "a").lastNode().setName("same");
        model.node("Relu", "a", "b").lastNode().setName("same");
        model.node("Relu", "b", "c").lastNode().clearName();
        assertEquals(List.of("same", "same_2", "c"),
                model.read(folder, null).layers().stream().map(layer -> layer.name()).toList());
    }
}
