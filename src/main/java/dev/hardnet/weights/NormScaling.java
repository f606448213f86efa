package dev.hardnet.weights;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Parameters;
import java.util.Arrays;

/**
 * A batch norm as one multiplication and one addition per channel: {@code scale = gamma / sqrt(var + eps)},
 * {@code shift = beta - mean scale}, in float64.
 *
 * @param scale what a channel is multiplied by
 * @param shift what is added to it then
 */
record NormScaling(double[] scale, double[] shift) {
    static NormScaling identity(int channels) {
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        return new NormScaling(ones, new double[channels]);
    }

    static NormScaling read(WeightSource source, String norm) {
        float[] gamma = source.read(norm + ".weight");
        float[] beta = source.read(norm + ".bias");
        float[] mean = source.read(norm + ".running_mean");
        float[] variance = source.read(norm + ".running_var");
        double[] scale = new double[gamma.length];
        double[] shift = new double[gamma.length];
        for (int i = 0; i < scale.length; i++) {
            if (variance[i] < 0) {
                throw new HarDNetException("%s: element %d of %s.running_var is %s, but a variance is never negative."
                        .formatted(source.origin(), i, norm, variance[i]));
            }
            scale[i] = gamma[i] / Math.sqrt(variance[i] + Parameters.NORM_EPSILON);
            shift[i] = beta[i] - mean[i] * scale[i];
        }
        return new NormScaling(scale, shift);
    }

    /** The channels that a destination takes of its norm: scales as weight, shifts as bias. */
    static FoldedWeights of(WeightSource source, BatchNormRelu.Destination destination) {
        for (ParameterSpec spec : Parameters.normSpecs(destination.norm(), destination.normChannels())) {
            StateDictCheck.requireShape(source, spec);
        }
        NormScaling scaling = read(source, destination.norm());
        int channels = destination.output().shape().c();
        float[] scale = new float[channels];
        float[] shift = new float[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = (float) scaling.scale[destination.firstChannel() + c];
            shift[c] = (float) scaling.shift[destination.firstChannel() + c];
        }
        FiniteCheck.check(scale, source, destination.norm());
        FiniteCheck.check(shift, source, destination.norm());
        return new FoldedWeights(scale, shift);
    }
}
