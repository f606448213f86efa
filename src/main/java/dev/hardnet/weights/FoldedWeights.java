package dev.hardnet.weights;

/**
 * An operator's weights with its batch norm folded in.
 *
 * @param weight row-major, PyTorch's order of dimensions
 * @param bias   one value per output
 */
public record FoldedWeights(float[] weight, float[] bias) {
}
