package dev.hardnet.graph;

import java.util.List;

/**
 * Each pixel's channels divided by their Euclidean norm, then scaled: weight_c x / (sqrt(sum over c of x^2) + 1e-10)
 * (SSD, section 3.1).
 *
 * @param name   the module's name
 * @param input  what is read: N x C x H x W
 * @param output what is written, the same sizes
 * @param weight the key of the weight, one value per channel
 */
public record L2Norm(String name, View input, FeatureMap output, String weight) implements Operator {
    /** What is added to the norm, so that a pixel of zeros stays zero. */
    public static final double EPSILON = 1e-10;

    @Override
    public String kind() {
        return "L2 norm";
    }

    @Override
    public List<View> reads() {
        return List.of(input);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(new ParameterSpec(weight, List.of(input.shape().c())));
    }
}
