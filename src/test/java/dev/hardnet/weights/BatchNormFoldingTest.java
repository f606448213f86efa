package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refuses;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Parameters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchNormFoldingTest {
    private static final List<Integer> SHAPE = List.of(2, 1, 1, 2);
    private static final Parameters NORMALIZED = Parameters.normalized("conv.weight", "norm");

    @Test
    void foldsInDoublePrecisionAndRoundsOnce() {
        FoldedWeights folded = fold(normalized());
        double first = 0.1f / Math.sqrt(0.3f + 1e-5);
        double second = 3 / Math.sqrt(0 + 1e-5);
        assertArrayEquals(new float[] {(float) (1.1f * first), (float) (-2.2f * first), (float) (3.3f * second),
            (float) (4.4f * second)}, folded.weight());
        assertArrayEquals(new float[] {(float) (0.5f - 0.7f * first), (float) (-0.25f - 0.9f * second)}, folded.bias());
    }

    @Test
    void foldsTheOperatorsOwnBiasToo() {
        MapSource source = normalized().with("conv.bias", List.of(2), 10, 20);
        Parameters both = new Parameters(NORMALIZED.weight(), Optional.of("conv.bias"), NORMALIZED.norm());
        double first = 0.1f / Math.sqrt(0.3f + 1e-5);
        double second = 3 / Math.sqrt(0 + 1e-5);
        assertArrayEquals(new float[] {(float) (10 * first + (0.5f - 0.7f * first)),
            (float) (20 * second + (-0.25f - 0.9f * second))}, BatchNormFolding.fold(source, both, SHAPE, 0).bias());
    }

    @Test
    void keepsWeightsWithoutABatchNormAsTheyAre() {
        MapSource source = new MapSource().with("fc.weight", List.of(2, 1), 0.1f, 0.2f)
                .with("fc.bias", List.of(2), 3, 4);
        FoldedWeights folded = BatchNormFolding.fold(source, Parameters.biased("fc"), List.of(2, 1), 0);
        assertArrayEquals(new float[] {0.1f, 0.2f}, folded.weight());
        assertArrayEquals(new float[] {3, 4}, folded.bias());
    }

    @Test
    void refusesNegativeVariances() {
        refuses("map: element 1 of norm.running_var is -1.0, but a variance is never negative.",
                () -> fold(normalized().with("norm.running_var", List.of(2), 1, -1)));
    }

    @Test
    void refusesResultsThatAreNotFinite() {
        refuses("map: element 2 made from conv.weight is Infinity after folding, but it must be finite.",
                () -> fold(normalized().with("conv.weight", SHAPE, 1, 1, 1e38f, 1)));
        refuses("map: element 0 made from norm is NaN after folding, but it must be finite.",
                () -> fold(normalized().with("norm.bias", List.of(2), Float.NaN, 1)));
    }

    @Test
    void refusesTensorsOfAnotherShape() {
        refuses("map: the tensor norm.bias has the sizes [3], but [2] are expected.",
                () -> fold(normalized().with("norm.bias", List.of(3), 1, 2, 3)));
    }

    @Test
    void foldsEveryConvolutionOfANetworkToFiniteNumbers() {
        List<ParameterSpec> specs = StateDictTable.of("hardnet39ds");
        SyntheticWeights weights = new SyntheticWeights(specs, 1);
        int folded = 0;
        for (ParameterSpec spec : specs) {
            if (spec.shape().size() == 4) {
                String norm = spec.key().replaceFirst("(dw)?conv\\.weight$", "norm");
                Parameters keys = Parameters.normalized(spec.key(), norm);
                FoldedWeights result = BatchNormFolding.fold(weights, keys, spec.shape(), 0);
                assertEquals(spec.elements(), result.weight().length);
                folded++;
            }
        }
        assertEquals(74, folded);
    }

    @Test
    void foldsAWeightOfManyPartsAsAWhole() {
        Parameters keys = Parameters.normalized("w", "norm");
        List<Integer> shape = List.of(7, 3, 33, 33);
        SyntheticWeights source = new SyntheticWeights(keys.specs(shape, 7), 1);
        float[] expected = source.read("w");
        double[] scale = NormScaling.read(source, "norm").scale();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) (expected[i] * scale[i / (expected.length / 7)]);
        }
        assertArrayEquals(expected, BatchNormFolding.fold(source, keys, shape, 0).weight());
    }

    private static FoldedWeights fold(WeightSource source) {
        return BatchNormFolding.fold(source, NORMALIZED, SHAPE, 0);
    }

    private static MapSource normalized() {
        return new MapSource().with("conv.weight", SHAPE, 1.1f, -2.2f, 3.3f, 4.4f)
                .with("norm.weight", List.of(2), 0.1f, 3).with("norm.bias", List.of(2), 0.5f, -0.25f)
                .with("norm.running_mean", List.of(2), 0.7f, 0.9f).with("norm.running_var", List.of(2), 0.3f, 0);
    }
}
