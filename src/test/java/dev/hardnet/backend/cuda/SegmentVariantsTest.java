package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Precision;
import dev.hardnet.backend.cuda.ConvolutionMethod.Segments;
import dev.hardnet.backend.cuda.KernelParams.Limits;
import dev.hardnet.graph.Window;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentVariantsTest {
    private static final int MULTIPROCESSORS = 132;

    @Test
    void longSumsOfFewResultsAreSplitAmongAllMultiprocessors() {
        assertEquals(List.of("segments 64x64 32", "segments 64x64 16", "segments 64x64 1",
                        "segments 32x64 18", "segments 32x64 9", "segments 32x64 1"),
                variants(782, 462, 7, 3));
    }

    @Test
    void sumsOfFewProductsAreSplitLess() {
        assertEquals(List.of("segments 64x64 6", "segments 64x64 3", "segments 64x64 12", "segments 64x64 1",
                        "segments 32x64 6", "segments 32x64 3", "segments 32x64 12", "segments 32x64 1"),
                variants(782, 1024, 7, 1));
    }

    @Test
    void fewChannelsTakeNarrowTilesOnly() {
        assertEquals(List.of("segments 32x64 4", "segments 32x64 2", "segments 32x64 8", "segments 32x64 1"),
                variants(64, 20, 56, 3));
    }

    @Test
    void largeMapsTakeWideTilesToo() {
        assertEquals(List.of("segments 64x64 1", "segments 64x64 2", "segments 32x64 1", "segments 32x64 2",
                "segments 64x128 1", "segments 64x128 2"), variants(48, 64, 256, 3));
    }

    @Test
    void theWorkspaceHoldsTheResultsOfEachSplit() {
        ConvolutionProblem problem = problem(64, 20, 56, 3);
        assertEquals(0, new Segments(SegmentTile.NARROW, 1).workspaceBytes(problem));
        assertEquals(3 * 20 * 56 * 56 * 4, new Segments(SegmentTile.NARROW, 3).workspaceBytes(problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments 64x64 1", "segments 32x64 32", "segments 64x128 7", "graph 3", "legacy 0"})
    void textsOfMethodsAreRead(String text) {
        assertEquals(Optional.of(text), ConvolutionMethod.parse(text).map(ConvolutionMethod::toString));
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments", "segments 4", "segments 16x16 1", "segments 64x64 0", "segments 64x64 100"})
    void otherTextsAreNoMethods(String text) {
        assertEquals(Optional.empty(), ConvolutionMethod.parse(text));
    }

    private static List<String> variants(int channels, int outputs, int side, int kernel) {
        return new SegmentVariants(problem(channels, outputs, side, kernel), MULTIPROCESSORS).all().stream()
                .map(Segments::toString).toList();
    }

    private static ConvolutionProblem problem(int channels, int outputs, int side, int kernel) {
        return new ConvolutionProblem(Precision.FLOAT32, layout(channels, side), layout(outputs, side),
                Window.same(kernel), Limits.NONE, channels, outputs, 1);
    }

    private static TensorLayout layout(int channels, int side) {
        return new TensorLayout(1, channels, side, side, (long) channels * side * side, (long) side * side, side, 1,
                16);
    }
}
