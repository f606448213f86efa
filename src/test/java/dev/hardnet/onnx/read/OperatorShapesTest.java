package dev.hardnet.onnx.read;

import static dev.hardnet.onnx.read.ModelFile.integer;
import static dev.hardnet.onnx.read.ModelFile.integers;
import static dev.hardnet.onnx.read.ModelFile.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.onnx.proto.Onnx.AttributeProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto.DataType;
import dev.hardnet.traffic.ConvolutionSizes;
import dev.hardnet.traffic.Layer;
import dev.hardnet.traffic.LayerGraph;
import dev.hardnet.traffic.LayerTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single operators make of a map of 2x6x11x14. */
class OperatorShapesTest {
    @TempDir
    private Path folder;

    private final ModelFile model = new ModelFile().input("x", 2, 6, 11, 14);

    private static String described(Layer layer) {
        String reads = layer.reads().stream().map(LayerTensor::name).collect(Collectors.joining("+"));
        return "%s %s -> %s, %d MACs, %d weights".formatted(layer.kind(), reads, layer.writes().shape(), layer.macs(),
                layer.weights());
    }

    private LayerGraph read() {
        LayerGraph graph = model.read(folder, null);
        assertEquals(List.of(), graph.unsupported());
        return graph;
    }

    private void expect(String... layers) {
        assertEquals(List.of(layers), read().layers().stream().map(OperatorShapesTest::described).toList());
    }

    @Test
    void aConvolutionWithStrideDilationAndUnevenPads() {
        model.weight("w", 8, 6, 3, 5).weight("b", 8).node("Conv", "x w b", "y", integers("strides", 2, 1),
                integers("dilations", 2, 2), integers("pads", 1, 2, 3, 4));
        // Rows (11 + 4 - 5) / 2 + 1, columns 14 + 6 - 9 + 1.
        expect("CONV x -> 2x8x6x12, 103680 MACs, 728 weights");
        assertEquals(Optional.of(new ConvolutionSizes(3, 5, 2, 1, 1, 2, 3, 4, 2, 1)),
                read().layers().getFirst().convolution());
    }

    @Test
    void groupsOfSeveralChannelsAreNoDepthwiseConvolution() {
        model.weight("w", 4, 3, 1, 1).node("Conv", "x w", "y", integer("group", 2));
        expect("CONV x -> 2x4x11x14, 3696 MACs, 12 weights");
    }

    @Test
    void aDepthwiseConvolutionMayWriteSeveralMapsForEachChannel() {
        model.weight("w", 12, 1, 3, 3).node("Conv", "x w", "y", integer("group", 6), integers("pads", 1, 1, 1, 1));
        expect("DEPTHWISE_CONV x -> 2x12x11x14, 33264 MACs, 108 weights");
    }

    @ParameterizedTest
    @CsvSource({"SAME_UPPER,0,1,1,1,2x1x6x7", "SAME_LOWER,1,0,1,1,2x1x6x7", "VALID,0,0,0,0,2x1x5x6"})
    void automaticPads(String automatic, int left, int right, int top, int bottom, String shape) {
        model.weight("w", 1, 6, 3, 3).node("Conv", "x w", "y", integers("strides", 2, 2), text("auto_pad", automatic));
        Layer layer = read().layers().getFirst();
        assertEquals(shape, layer.writes().shape().toString());
        assertEquals(new ConvolutionSizes(3, 3, 2, 2, top, left, bottom, right, 1, 1),
                layer.convolution().orElseThrow());
    }

    @Test
    void aTransposedConvolutionMultipliesEachInputByTheFilter() {
        model.weight("w", 6, 4, 3, 3).node("ConvTranspose", "x w", "y", integers("strides", 2, 2),
                integers("pads", 1, 1, 1, 1), integers("output_padding", 1, 0));
        expect("TRANSPOSED_CONV x -> 2x4x22x27, %d MACs, 216 weights".formatted(2 * 6 * 11 * 14 * 4 * 9));
    }

    @Test
    void aTransposedConvolutionToAGivenSize() {
        model.weight("w", 6, 4, 4, 4).node("ConvTranspose", "x w", "y", integers("strides", 2, 2),
                integers("output_shape", 22, 28));
        assertEquals("2x4x22x28", read().layers().getFirst().writes().shape().toString());
    }

    @Test
    void linearLayersByGemmAndMatMul() {
        model.weight("w", 10, 924).weight("b", 10).weight("v", 10, 5)
                .node("Flatten", "x", "f").node("Gemm", "f w b", "g", integer("transB", 1)).node("MatMul", "g v", "y");
        expect("RESHAPE x -> 2x924x1x1, 0 MACs, 0 weights", "LINEAR f -> 2x10x1x1, 18480 MACs, 9250 weights",
                "LINEAR g -> 2x5x1x1, 100 MACs, 50 weights");
    }

    @Test
    void aBatchNormHasAScaleAndAShiftForEachChannel() {
        model.weight("s", 6).weight("b", 6).weight("m", 6).weight("v", 6).node("BatchNormalization", "x s b m v", "y");
        expect("BATCH_NORM x -> 2x6x11x14, 0 MACs, 12 weights");
    }

    @ParameterizedTest
    @CsvSource({"Relu", "LeakyRelu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish", "Swish", "Elu", "Tanh", "Cast"})
    void activations(String operator) {
        model.node(operator, "x", "y");
        expect("ACTIVATION x -> 2x6x11x14, 0 MACs, 0 weights");
    }

    @Test
    void clippingBoundsAreNoWeightsButSlopesAre() {
        model.floats("zero", 0).floats("six", 6).weight("slope", 6, 1, 1).node("Clip", "x zero six", "c")
                .node("PRelu", "c slope", "y");
        expect("ACTIVATION x -> 2x6x11x14, 0 MACs, 0 weights", "ACTIVATION c -> 2x6x11x14, 0 MACs, 6 weights");
    }

    @ParameterizedTest
    @CsvSource({"Sigmoid", "HardSigmoid"})
    void aMapTimesItsSigmoidIsOneActivation(String gate) {
        model.node(gate, "x", "s").node("Mul", "x s", "y");
        expect("ACTIVATION x -> 2x6x11x14, 0 MACs, 0 weights");
    }

    @Test
    void aSigmoidThatSomebodyElseReadsStays() {
        model.node("Sigmoid", "x", "s").node("Mul", "x s", "y").output("s").output("y");
        expect("ACTIVATION x -> 2x6x11x14, 0 MACs, 0 weights", "ELEMENTWISE x+s -> 2x6x11x14, 0 MACs, 0 weights");
    }

    @Test
    void aSigmoidThatIsAddedIsNoGate() {
        model.node("Sigmoid", "x", "s").node("Add", "x s", "y");
        expect("ACTIVATION x -> 2x6x11x14, 0 MACs, 0 weights", "ELEMENTWISE x+s -> 2x6x11x14, 0 MACs, 0 weights");
    }

    @ParameterizedTest
    @CsvSource({"2,2,0,0,2x6x5x7", "2,2,0,1,2x6x6x7", "3,2,1,0,2x6x6x7", "3,2,1,1,2x6x6x8", "2,3,1,1,2x6x4x5"})
    void poolsWithAndWithoutCeilMode(int kernel, int stride, int pad, int ceil, String shape) {
        AttributeProto[] attributes = {integers("kernel_shape", kernel, kernel), integers("strides", stride, stride),
            integers("pads", pad, pad, pad, pad), integer("ceil_mode", ceil)};
        model.node("MaxPool", "x", "m", attributes).node("AveragePool", "x", "a", attributes);
        expect("POOL x -> %s, 0 MACs, 0 weights".formatted(shape), "POOL x -> %s, 0 MACs, 0 weights".formatted(shape));
    }

    @Test
    void globalPools() {
        model.node("GlobalAveragePool", "x", "a").node("GlobalMaxPool", "x", "m")
                .node("ReduceMean", "x", "r", integers("axes", -1, 2), integer("keepdims", 0))
                .node("ReduceMean", "x", "c", integers("axes", 1));
        expect("GLOBAL_POOL x -> 2x6x1x1, 0 MACs, 0 weights", "GLOBAL_POOL x -> 2x6x1x1, 0 MACs, 0 weights",
                "GLOBAL_POOL x -> 2x6x1x1, 0 MACs, 0 weights", "CHANNEL_NORM x -> 2x1x11x14, 0 MACs, 0 weights");
    }

    @Test
    void channelsAreSlicedSplitAndJoined() {
        model.longs("1", 1).longs("4", 4).longs("parts", 1, 2).node("Slice", "x 1 4 1", "s")
                .node("Split", "s parts", "a b", integer("axis", 1)).node("Concat", "b x a", "y", integer("axis", -3));
        expect("SLICE x -> 2x3x11x14, 0 MACs, 0 weights", "SLICE s -> 2x1x11x14, 0 MACs, 0 weights",
                "SLICE s -> 2x2x11x14, 0 MACs, 0 weights", "CONCAT b+x+a -> 2x9x11x14, 0 MACs, 0 weights");
    }

    @Test
    void slicesOfRowsAreCopies() {
        model.longs("last", -1).longs("before", -100).longs("axis", 2).longs("step", -2)
                .node("Slice", "x last before axis step", "y");
        expect("ELEMENTWISE x -> 2x6x6x14, 0 MACs, 0 weights");
    }

    @Test
    void oldFilesHaveTheirSizesInAttributes() {
        model.node("Slice", "x", "s", integers("axes", 1), integers("starts", 2), integers("ends", 1000))
                .node("Split", "s", "a b", integers("split", 3, 1), integer("axis", 1))
                .node("Unsqueeze", "a", "u", integers("axes", 0)).node("Squeeze", "u", "v", integers("axes", 0))
                .node("Pad", "v", "y", integers("pads", 0, 0, 1, 2, 0, 0, 3, 4));
        List<Layer> layers = read().layers();
        assertEquals(List.of("2x4x11x14", "2x3x11x14", "2x1x11x14", "1x2x3x154", "2x3x11x14", "2x3x15x20"),
                layers.stream().map(layer -> layer.writes().shape().toString()).toList());
    }

    @Test
    void productsAndSumsStretchConstantsWhichAreWeights() {
        model.weight("scale", 6, 1, 1).node("Mul", "x scale", "m").node("Sum", "m x m", "s")
                .node("GlobalAveragePool", "s", "g").node("Div", "s g", "y");
        expect("ELEMENTWISE x -> 2x6x11x14, 0 MACs, 6 weights", "ELEMENTWISE m+x -> 2x6x11x14, 0 MACs, 0 weights",
                "GLOBAL_POOL s -> 2x6x1x1, 0 MACs, 0 weights", "ELEMENTWISE s+g -> 2x6x11x14, 0 MACs, 0 weights");
    }

    @Test
    void resizesToSizesAndByScales() {
        model.longs("sizes", 2, 6, 20, 30).floats("scales", 1, 1, 1.5f, 0.5f)
                .node("Resize", "x - - sizes", "a").node("Resize", "x - scales", "b").node("Upsample", "x scales", "c");
        expect("RESIZE x -> 2x6x20x30, 0 MACs, 0 weights", "RESIZE x -> 2x6x16x7, 0 MACs, 0 weights",
                "RESIZE x -> 2x6x16x7, 0 MACs, 0 weights");
    }

    @Test
    void normsAndIndicesOfTheLargest() {
        model.node("Softmax", "x", "s").node("LogSoftmax", "s", "l").node("LRN", "l", "r")
                .node("LpNormalization", "r", "p").node("ArgMax", "p", "y", integer("axis", 1));
        assertEquals(List.of("CHANNEL_NORM", "CHANNEL_NORM", "CHANNEL_NORM", "CHANNEL_NORM", "ARG_MAX"),
                read().layers().stream().map(layer -> layer.kind().name()).toList());
        assertEquals("2x1x11x14", read().layers().getLast().writes().shape().toString());
    }

    @Test
    void aTransposeMovesNothingWhereOnlyAxesOfOneChangePlaces() {
        model.node("Transpose", "x", "t", integers("perm", 0, 2, 3, 1)).node("GlobalAveragePool", "x", "g")
                .node("Transpose", "g", "y", integers("perm", 0, 2, 3, 1));
        expect("ELEMENTWISE x -> 2x11x14x6, 0 MACs, 0 weights", "GLOBAL_POOL x -> 2x6x1x1, 0 MACs, 0 weights",
                "RESHAPE g -> 2x1x1x6, 0 MACs, 0 weights");
    }

    @Test
    void aShapeThatIsComputedFromAShapeIsKnown() {
        model.longs("0", 0).longs("2", 2).longs("rest", -1).node("Shape", "x", "shape")
                .node("Slice", "shape 0 2", "front").node("Gather", "shape 2", "rows")
                .node("Concat", "front rows rest", "target", integer("axis", 0)).node("Reshape", "x target", "y");
        expect("RESHAPE x -> 2x6x11x14, 0 MACs, 0 weights");
    }

    @Test
    void arithmeticOnSizesIsThatOfIntegers() {
        model.longs("half", 2).longs("channels", 3).longs("parts", 2).node("Shape", "x", "shape")
                .node("Div", "shape half", "halves").node("Gather", "halves channels", "width")
                .node("Gather", "shape parts", "rows").node("Mul", "width rows", "product")
                .node("Concat", "channels product rest", "target", integer("axis", 0)).longs("rest", -1)
                .node("Reshape", "x target", "y");
        // 14 / 2 * 11 = 77 columns of what is 3 x 77 x 8.
        expect("RESHAPE x -> 3x77x8x1, 0 MACs, 0 weights");
    }

    @Test
    void constantsAreNoLayersHoweverTheyAreSpelled() {
        TensorProto target = TensorProto.newBuilder().addDims(2).setDataType(DataType.INT32.getNumber())
                .addInt32Data(0).addInt32Data(-1).build();
        model.node("Constant", "-", "target", AttributeProto.newBuilder().setName("value").setT(target).build())
                .node("Reshape", "x target", "f").longs("size", 2)
                .node("ConstantOfShape", "size", "ones", AttributeProto.newBuilder().setName("value")
                        .setT(target.toBuilder().setDims(0, 1).clearInt32Data().addInt32Data(1)).build())
                .node("Expand", "f ones", "y");
        expect("RESHAPE x -> 2x924x1x1, 0 MACs, 0 weights", "RESHAPE f -> 2x924x1x1, 0 MACs, 0 weights");
    }

    @Test
    void weightsThatAreReshapedFirstStayWeights() {
        model.weight("w", 8, 6).longs("filter", 8, 6, 1, 1).node("Reshape", "w filter", "v").node("Conv", "x v", "y");
        expect("CONV x -> 2x8x11x14, %d MACs, 48 weights".formatted(2 * 8 * 11 * 14 * 6));
    }

    @Test
    void dropoutAndIdentityMoveNothing() {
        model.node("Dropout", "x", "d mask").node("Identity", "d", "y");
        expect("RESHAPE x -> 2x6x11x14, 0 MACs, 0 weights", "RESHAPE d -> 2x6x11x14, 0 MACs, 0 weights");
    }

    @Test
    void channelsMoveIntoSpaceAndBack() {
        model.longs("two", 2).longs("six", 6).longs("axis", 1).node("Slice", "x two six axis", "s")
                .node("DepthToSpace", "s", "d", integer("blocksize", 2))
                .node("SpaceToDepth", "d", "y", integer("blocksize", 2));
        expect("SLICE x -> 2x4x11x14, 0 MACs, 0 weights", "ELEMENTWISE s -> 2x1x22x28, 0 MACs, 0 weights",
                "ELEMENTWISE d -> 2x4x11x14, 0 MACs, 0 weights");
    }
}
