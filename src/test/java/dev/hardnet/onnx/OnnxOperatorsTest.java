package dev.hardnet.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.hardnet.Tensor;
import dev.hardnet.backend.reference.ReferenceBackend;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.weights.SyntheticWeights;
import dev.hardnet.weights.WeightSource;
import dev.hardnet.weights.WeightStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single operators in ONNX Runtime beside the reference backend, two pictures each. */
class OnnxOperatorsTest {
    private static final Map<String, String> DESCRIPTION = Map.of("network", "test", "weights", "synthetic:1");

    @TempDir
    private Path folder;

    private final GraphBuilder builder = new GraphBuilder(new Shape(2, 3, 11, 14));

    @ParameterizedTest
    @CsvSource({"2,2,0,true", "3,2,1,true", "3,2,0,true", "3,3,1,true", "9,1,4,false", "2,2,0,false", "4,3,1,true"})
    void averagePoolsCountPaddingButNotWhatCeilModeAdds(int kernel, int stride, int padding, boolean ceilMode)
            throws OrtException {
        comparePool(Pool.Type.AVERAGE, kernel, stride, padding, ceilMode);
    }

    @ParameterizedTest
    @CsvSource({"2,2,0,true", "3,2,1,true", "3,3,1,true", "3,1,1,false", "2,2,0,false"})
    void maximumPools(int kernel, int stride, int padding, boolean ceilMode) throws OrtException {
        comparePool(Pool.Type.MAX, kernel, stride, padding, ceilMode);
    }

    private void comparePool(Pool.Type type, int kernel, int stride, int padding, boolean ceilMode)
            throws OrtException {
        builder.output("y", builder.pool("pool", type, builder.input(), kernel, stride, padding, ceilMode));
        compare(builder.build());
    }

    @ParameterizedTest
    @CsvSource({"3,2,1,22,28", "3,2,1,21,27", "2,2,0,22,28", "4,2,1,22,27", "3,1,1,11,14", "4,3,0,32,40"})
    void transposedConvolutionsAreCroppedOnEachSide(int kernel, int stride, int crop, int height, int width)
            throws OrtException {
        builder.output("y", builder.transposedConv("up", builder.input(), new Shape(2, 5, height, width),
                new Window(kernel, stride, crop, 1), Activation.RELU, Parameters.normalized("up.weight", "up.norm")));
        compare(builder.build());
    }

    @ParameterizedTest
    @CsvSource({"3,1,4,4", "3,2,1,1", "1,2,0,1", "2,1,0,3", "7,2,3,1"})
    void convolutionsOfEveryWindow(int kernel, int stride, int padding, int dilation) throws OrtException {
        builder.output("y", builder.conv("conv", builder.input(), 6, new Window(kernel, stride, padding, dilation),
                Activation.RELU6, Parameters.biased("conv")));
        compare(builder.build());
    }

    @ParameterizedTest
    @CsvSource({"1,3,1,0,1,1", "3,1,2,1,0,1", "2,5,1,0,3,2", "3,3,1,2,0,1"})
    void convolutionsWithOtherRowsThanColumns(int kernelHeight, int kernelWidth, int stride, int paddingHeight,
                                              int paddingWidth, int dilation) throws OrtException {
        Window window = new Window(kernelHeight, kernelWidth, stride, paddingHeight, paddingWidth, dilation);
        builder.output("y", builder.conv("conv", builder.input(), 6, window, Activation.NONE,
                Parameters.biased("conv")));
        compare(builder.build());
    }

    @Test
    void depthwiseConvolutions() throws OrtException {
        builder.output("y", builder.depthwiseConv("dw", builder.input(), 3, 2, Activation.NONE,
                Parameters.normalized("dw.weight", "dw.norm")));
        compare(builder.build());
    }

    @Test
    void slicesAndConcatenations() throws OrtException {
        View wide = conv("wide", builder.input(), 8);
        View other = conv("other", builder.input(), 4);
        View tail = wide.slice(5, 3);
        View both = View.concat(List.of(tail, other, wide.slice(0, 5), builder.input()));
        View sliced = conv("sliced", tail, 3);
        builder.output("sum", builder.add("add", conv("both", both, 3), sliced, Activation.RELU));
        builder.output("again", conv("more", both, 3));
        compare(builder.build());
    }

    @ParameterizedTest
    @CsvSource({"23,29", "5,6", "11,1", "1,1", "12,14"})
    void resizesKeepTheCorners(int height, int width) throws OrtException {
        builder.output("y", conv("conv", builder.resize("up", builder.input(), height, width), 2));
        compare(builder.build());
    }

    @Test
    void theClassOfEachPixelIsAByte() throws OrtException {
        builder.output("logits", builder.resize("up", conv("classes", builder.input(), 7), 33, 50));
        compare(ArgMaxFusion.apply(builder.build()));
    }

    @Test
    void batchNormAndReluWithSeveralDestinations() throws OrtException {
        List<View> parts = builder.batchNormRelu("norms", builder.input(), List.of(
                new GraphBuilder.NormSlice("a", 0, 3), new GraphBuilder.NormSlice("b", 2, 7)));
        builder.output("first", conv("one", parts.get(0), 2));
        builder.output("second", parts.get(1));
        compare(builder.build());
    }

    @Test
    void normsOverChannelsAndOverPixels() throws OrtException {
        builder.output("channels", builder.l2Norm("norm", builder.input(), "norm.weight"));
        builder.output("pixels", builder.sumToOne("attention", conv("positive", builder.input(), 4)));
        compare(builder.build());
    }

    @Test
    void linearLayersBehindEachOtherAndAMapMadeOfTheirVector() throws OrtException {
        View first = builder.linear("first", builder.globalAveragePool("mean", builder.input()), 9,
                Parameters.biased("first"));
        View second = builder.linear("second", first, 5, Parameters.biased("second"));
        builder.output("logits", second);
        builder.output("hidden", conv("pixel", first, 4));
        compare(builder.build());
    }

    @Test
    void priorsAreReadOutPositionByPositionMapAfterMap() throws OrtException {
        View large = conv("large", builder.input(), 12);
        View small = conv("small", builder.pool("half", Pool.Type.MAX, builder.input(), 2, 2, 0, false), 8);
        builder.outputPriors("loc", List.of(large, small), 4);
        builder.outputPriors("conf", List.of(small), 2);
        compare(builder.build());
    }

    private View conv(String name, View from, int channels) {
        return builder.conv(name, from, channels, 1, 1, Activation.RELU, Parameters.biased(name));
    }

    private void compare(Graph graph) throws OrtException {
        WeightSource weights = new SyntheticWeights(graph.parameters(), 1);
        Tensor input = SyntheticWeights.inputTensor(graph.input().shape(), 1);
        Map<String, Tensor> expected = GraphRun.on(new ReferenceBackend(), graph, weights, input, 1);
        Path file = folder.resolve("graph.onnx");
        OnnxExport.write(file, graph, new WeightStore(weights), DESCRIPTION, _ -> { });
        try (OnnxRuntimeRun run = new OnnxRuntimeRun(file, OptLevel.ALL_OPT)) {
            Map<String, Tensor> found = run.run(input);
            assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
            expected.forEach((name, tensor) -> assertSame(tensor, found.get(name)));
        }
    }

    private static void assertSame(Tensor expected, Tensor found) {
        assertArrayEquals(expected.shape(), found.shape());
        switch (expected.type()) {
            case FLOAT32 -> Difference.assertWithin(1e-6, expected.data(), found.data());
            case UINT8 -> assertArrayEquals(expected.bytes(), found.bytes());
        }
    }
}
