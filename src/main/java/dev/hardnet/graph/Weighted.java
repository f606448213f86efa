package dev.hardnet.graph;

import java.util.List;

/** An operator with a weight, a bias and perhaps a batch norm, which is folded into both. */
public sealed interface Weighted extends Operator permits Conv, DepthwiseConv, Linear, TransposedConv {
    /**
     * Where the weights are found.
     *
     * @return their keys
     */
    Parameters keys();

    /**
     * The weight's sizes.
     *
     * @return PyTorch's order
     */
    List<Integer> weightShape();

    /**
     * Which of the weight's sizes counts the outputs.
     *
     * @return 0 for the first
     */
    default int outputDimension() {
        return 0;
    }

    @Override
    default List<ParameterSpec> parameters() {
        return keys().specs(weightShape(), weightShape().get(outputDimension()));
    }
}
