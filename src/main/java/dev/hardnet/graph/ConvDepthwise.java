package dev.hardnet.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of 1 x 1 and the depthwise one that alone reads what it gives. The map between them has no place in the
 * arena, and its id is {@link #BETWEEN}. The results are those of both operators, one after the other.
 *
 * @param pointwise the convolution of 1 x 1: N x C x H x W to N x D x H x W
 * @param depthwise the depthwise convolution: N x D x H x W to the output
 */
public record ConvDepthwise(Conv pointwise, DepthwiseConv depthwise) implements Operator {
    /** The id of a map that exists inside an operator only. */
    public static final int BETWEEN = -1;

    @Override
    public String name() {
        return depthwise.name();
    }

    @Override
    public String kind() {
        return "1x1 + " + depthwise.kind();
    }

    @Override
    public List<View> reads() {
        return pointwise.reads();
    }

    @Override
    public FeatureMap output() {
        return depthwise.output();
    }

    /**
     * What the convolution of 1 x 1 gives.
     *
     * @return the map that no other operator sees
     */
    public FeatureMap between() {
        return pointwise.output();
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> both = new ArrayList<>(pointwise.parameters());
        both.addAll(depthwise.parameters());
        return both;
    }

    @Override
    public long macs() {
        return pointwise.macs() + depthwise.macs();
    }
}
