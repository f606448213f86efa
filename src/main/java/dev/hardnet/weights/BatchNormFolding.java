package dev.hardnet.weights;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * Folds a batch norm into the operator before it: {@code norm(w x + b) = (w s) x + (b - mean) s + beta} with
 * {@code s = gamma / sqrt(var + eps)}. Computed in float64 and rounded once.
 */
public final class BatchNormFolding {
    private final WeightSource source;
    private final Parameters keys;
    private final List<Integer> weightShape;
    private final int outputs;

    private BatchNormFolding(WeightSource source, Parameters keys, List<Integer> weightShape) {
        this.source = source;
        this.keys = keys;
        this.weightShape = weightShape;
        this.outputs = weightShape.getFirst();
    }

    /**
     * Reads an operator's tensors and folds them.
     *
     * @param source      where the tensors are
     * @param keys        which they are
     * @param weightShape the weight's sizes, its first is the number of outputs
     * @return weight and bias, zeros where there is neither bias nor batch norm
     * @throws HarDNetException when a tensor is missing or of another shape, a variance is negative, or a result is
     *                          not finite
     */
    public static FoldedWeights fold(WeightSource source, Parameters keys, List<Integer> weightShape) {
        BatchNormFolding folding = new BatchNormFolding(source, keys, weightShape);
        folding.checkShapes();
        return folding.fold();
    }

    private void checkShapes() {
        for (ParameterSpec spec : keys.specs(weightShape)) {
            List<Integer> found = source.shape(spec.key());
            if (!found.equals(spec.shape())) {
                throw new HarDNetException("%s: the tensor %s has the sizes %s, but %s are expected."
                        .formatted(source.origin(), spec.key(), found, spec.shape()));
            }
        }
    }

    private FoldedWeights fold() {
        double[] scale = new double[outputs];
        double[] shift = new double[outputs];
        readScaleAndShift(scale, shift);
        float[] weight = source.read(keys.weight());
        int perOutput = weight.length / outputs;
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (weight[i] * scale[i / perOutput]);
        }
        float[] bias = bias(scale, shift);
        checkFinite(weight, keys.weight());
        checkFinite(bias, keys.norm().or(keys::bias).orElse(keys.weight()));
        return new FoldedWeights(weight, bias);
    }

    private void readScaleAndShift(double[] scale, double[] shift) {
        if (keys.norm().isEmpty()) {
            Arrays.fill(scale, 1);
            return;
        }
        String norm = keys.norm().get();
        float[] gamma = source.read(norm + ".weight");
        float[] beta = source.read(norm + ".bias");
        float[] mean = source.read(norm + ".running_mean");
        float[] variance = source.read(norm + ".running_var");
        for (int i = 0; i < outputs; i++) {
            if (variance[i] < 0) {
                throw new HarDNetException("%s: element %d of %s.running_var is %s, but a variance is never negative."
                        .formatted(source.origin(), i, norm, variance[i]));
            }
            scale[i] = gamma[i] / Math.sqrt(variance[i] + Parameters.NORM_EPSILON);
            shift[i] = beta[i] - mean[i] * scale[i];
        }
    }

    private float[] bias(double[] scale, double[] shift) {
        float[] bias = keys.bias().map(source::read).orElseGet(() -> new float[outputs]);
        for (int i = 0; i < outputs; i++) {
            bias[i] = (float) (bias[i] * scale[i] + shift[i]);
        }
        return bias;
    }

    private void checkFinite(float[] values, String key) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new HarDNetException("%s: element %d made from %s is %s after folding, but it must be finite."
                        .formatted(source.origin(), i, key, values[i]));
            }
        }
    }
}
