package dev.hardnet.weights;

import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Weighted;
import java.util.List;

/**
 * Folds a batch norm into the operator before it: {@code norm(w x + b) = (w s) x + (b - mean) s + beta} with
 * {@code s = gamma / sqrt(var + eps)}. Computed in float64 and rounded once.
 */
public final class BatchNormFolding {
    private final WeightSource source;
    private final Parameters keys;
    private final List<Integer> weightShape;
    private final int outputDimension;
    private final int outputs;

    private BatchNormFolding(WeightSource source, Parameters keys, List<Integer> weightShape, int outputDimension) {
        this.source = source;
        this.keys = keys;
        this.weightShape = weightShape;
        this.outputDimension = outputDimension;
        this.outputs = weightShape.get(outputDimension);
    }

    /**
     * Reads an operator's tensors and folds them.
     *
     * @param source   where the tensors are
     * @param operator which they are
     * @return weight and bias, zeros where there is neither bias nor batch norm
     * @throws HarDNetException when a tensor is missing or of another shape, a variance is negative, or a result is
     *                          not finite
     */
    public static FoldedWeights fold(WeightSource source, Weighted operator) {
        return fold(source, operator.keys(), operator.weightShape(), operator.outputDimension());
    }

    static FoldedWeights fold(WeightSource source, Parameters keys, List<Integer> weightShape, int outputDimension) {
        BatchNormFolding folding = new BatchNormFolding(source, keys, weightShape, outputDimension);
        folding.checkShapes();
        return folding.fold();
    }

    private void checkShapes() {
        keys.specs(weightShape, outputs).forEach(spec -> StateDictCheck.requireShape(source, spec));
    }

    private FoldedWeights fold() {
        NormScaling scaling = keys.norm().map(norm -> NormScaling.read(source, norm))
                .orElseGet(() -> NormScaling.identity(outputs));
        float[] weight = source.read(keys.weight());
        int perOutput = weightShape.subList(outputDimension + 1, weightShape.size()).stream()
                .reduce(1, (a, b) -> a * b);
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (weight[i] * scaling.scale()[i / perOutput % outputs]);
        }
        float[] bias = bias(scaling.scale(), scaling.shift());
        FiniteCheck.check(weight, source, keys.weight());
        FiniteCheck.check(bias, source, keys.norm().or(keys::bias).orElse(keys.weight()));
        return new FoldedWeights(weight, bias);
    }

    private float[] bias(double[] scale, double[] shift) {
        float[] bias = keys.bias().map(source::read).orElseGet(() -> new float[outputs]);
        for (int i = 0; i < outputs; i++) {
            bias[i] = (float) (bias[i] * scale[i] + shift[i]);
        }
        return bias;
    }
}
