package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Operator;
import java.util.function.Function;

/**
 * Which of the native kernels compute.
 *
 * @param tier their instruction set
 * @param ways how each operator is computed, if it is a convolution
 */
record Kernels(Tier tier, Function<Operator, ConvolutionWay> ways) {
    static Kernels all(Tier tier, ConvolutionWay way) {
        return new Kernels(tier, _ -> way);
    }
}
