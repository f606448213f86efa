package dev.hardnet.weights;

import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Weighted;
import java.util.List;

/**
 * Folds a batch norm into the operator before it: {@code norm(w x + b) = (w s) x + (b - mean) s + beta} with
 * {@code s = gamma / sqrt(var + eps)}. Computed in float64 and rounded once.
 */
public final class BatchNormFolding {
    /** A part of a weight that is folded at once: the heap never holds a whole one. */
    private static final int PART_ELEMENTS = 1024;

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

    /**
     * Reads an operator's tensors and folds them, a small part of the weight at a time.
     *
     * @param source   where the tensors are
     * @param operator which they are
     * @param weight   takes the folded weight
     * @return the bias, zeros where there is neither bias nor batch norm
     * @throws HarDNetException as {@link #fold(WeightSource, Weighted)}
     */
    public static float[] fold(WeightSource source, Weighted operator, WeightSink weight) {
        return fold(source, operator.keys(), operator.weightShape(), operator.outputDimension(), weight);
    }

    static FoldedWeights fold(WeightSource source, Parameters keys, List<Integer> weightShape, int outputDimension) {
        float[] weight = new float[elements(weightShape)];
        float[] bias = fold(source, keys, weightShape, outputDimension,
                (part, count, first) -> System.arraycopy(part, 0, weight, first, count));
        return new FoldedWeights(weight, bias);
    }

    private static float[] fold(WeightSource source, Parameters keys, List<Integer> weightShape, int outputDimension,
                                WeightSink weight) {
        BatchNormFolding folding = new BatchNormFolding(source, keys, weightShape, outputDimension);
        folding.checkShapes();
        return folding.fold(weight);
    }

    private static int elements(List<Integer> shape) {
        int elements = 1;
        for (int size : shape) {
            elements = Math.multiplyExact(elements, size);
        }
        return elements;
    }

    private void checkShapes() {
        for (ParameterSpec spec : keys.specs(weightShape, outputs)) {
            StateDictCheck.requireShape(source, spec);
        }
    }

    private float[] fold(WeightSink weight) {
        NormScaling scaling = keys.norm().isPresent() ? NormScaling.read(source, keys.norm().get())
                : NormScaling.identity(outputs);
        foldWeight(scaling.scale(), weight);
        float[] bias = bias(scaling.scale(), scaling.shift());
        FiniteCheck.check(bias, source, keys.norm().orElse(keys.bias().orElse(keys.weight())));
        return bias;
    }

    private void foldWeight(double[] scale, WeightSink sink) {
        int elements = elements(weightShape);
        int perOutput = elements(weightShape.subList(outputDimension + 1, weightShape.size()));
        float[] part = new float[Math.min(PART_ELEMENTS, elements)];
        for (int first = 0; first < elements; first += part.length) {
            int count = Math.min(part.length, elements - first);
            source.read(keys.weight(), first, part, count);
            scale(part, count, first, perOutput, scale);
            FiniteCheck.check(part, count, first, source, keys.weight());
            sink.take(part, count, first);
        }
    }

    /** Multiplies each element by its output's scale, all neighbours of one output in one loop. */
    private void scale(float[] part, int count, int first, int perOutput, double[] scale) {
        int i = 0;
        while (i < count) {
            double factor = scale[(first + i) / perOutput % outputs];
            int end = Math.min(count, i + perOutput - (first + i) % perOutput);
            for (; i < end; i++) {
                part[i] = (float) (part[i] * factor);
            }
        }
    }

    private float[] bias(double[] scale, double[] shift) {
        float[] bias = keys.bias().isPresent() ? source.read(keys.bias().get()) : new float[outputs];
        for (int i = 0; i < outputs; i++) {
            bias[i] = (float) (bias[i] * scale[i] + shift[i]);
        }
        return bias;
    }
}
