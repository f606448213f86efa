package dev.hardnet.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an operator's weights are found in a state_dict. A batch norm that follows the operator is part of it: it is
 * folded into weight and bias before anything runs.
 *
 * @param weight the weight's key
 * @param bias   the bias's key, or empty when there is none
 * @param norm   the batch norm's key prefix, or empty when there is none
 */
public record Parameters(String weight, Optional<String> bias, Optional<String> norm) {
    /** PyTorch's default batch norm epsilon, used by every network of the family. */
    public static final double NORM_EPSILON = 1e-5;

    /**
     * A weight without bias, followed by a batch norm.
     *
     * @param weight the weight's key
     * @param norm   the batch norm's key prefix
     * @return the parameters
     */
    public static Parameters normalized(String weight, String norm) {
        return new Parameters(weight, Optional.empty(), Optional.of(norm));
    }

    /**
     * A weight by itself: without bias, and with no batch norm behind it.
     *
     * @param weight the weight's key
     * @return the parameters
     */
    public static Parameters weightOnly(String weight) {
        return new Parameters(weight, Optional.empty(), Optional.empty());
    }

    /**
     * A weight with a bias, both under one prefix.
     *
     * @param prefix the module's name
     * @return the parameters {@code prefix.weight} and {@code prefix.bias}
     */
    public static Parameters biased(String prefix) {
        return new Parameters(prefix + ".weight", Optional.of(prefix + ".bias"), Optional.empty());
    }

    /**
     * The tensors these parameters consist of.
     *
     * @param weightShape the weight's sizes
     * @param outputs     the number of outputs: of biases, and of the batch norm's channels
     * @return weight, bias and batch norm tensors, in state_dict order
     */
    public List<ParameterSpec> specs(List<Integer> weightShape, int outputs) {
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(new ParameterSpec(weight, weightShape));
        if (bias.isPresent()) {
            specs.add(new ParameterSpec(bias.get(), List.of(outputs)));
        }
        if (norm.isPresent()) {
            specs.addAll(normSpecs(norm.get(), outputs));
        }
        return specs;
    }

    /**
     * The tensors of a batch norm.
     *
     * @param norm     its key prefix
     * @param channels its channels
     * @return scale, shift, mean and variance, in state_dict order
     */
    public static List<ParameterSpec> normSpecs(String norm, int channels) {
        List<Integer> shape = List.of(channels);
        return List.of(new ParameterSpec(norm + ".weight", shape), new ParameterSpec(norm + ".bias", shape),
                new ParameterSpec(norm + ".running_mean", shape), new ParameterSpec(norm + ".running_var", shape));
    }
}
