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
     * @param weightShape the weight's sizes, its first is the number of outputs
     * @return weight, bias and batch norm tensors, in state_dict order
     */
    public List<ParameterSpec> specs(List<Integer> weightShape) {
        List<Integer> outputs = List.of(weightShape.getFirst());
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(new ParameterSpec(weight, weightShape));
        bias.ifPresent(key -> specs.add(new ParameterSpec(key, outputs)));
        norm.ifPresent(prefix -> {
            for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
                specs.add(new ParameterSpec(prefix + "." + part, outputs));
            }
        });
        return specs;
    }
}
