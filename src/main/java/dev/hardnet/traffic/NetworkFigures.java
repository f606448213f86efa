package dev.hardnet.traffic;

import dev.hardnet.graph.Conv;
import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.TransposedConv;

/**
 * What the paper compares networks by.
 *
 * @param parameters learned values: weights, biases and batch norm scales and shifts
 * @param macs       multiply-adds of convolutions and linear layers
 * @param cio        convolutional input/output (paper, section 1): elements read and written by convolutions
 */
public record NetworkFigures(long parameters, long macs, long cio) {
    /**
     * Counts a graph.
     *
     * @param graph the network for fixed sizes
     * @return its figures for the whole batch
     */
    public static NetworkFigures of(Graph graph) {
        return new NetworkFigures(
                graph.parameters().stream().filter(NetworkFigures::isLearned)
                        .mapToLong(ParameterSpec::elements).sum(),
                graph.macs(),
                graph.operators().stream().mapToLong(NetworkFigures::cio).sum());
    }

    private static boolean isLearned(ParameterSpec spec) {
        return !spec.key().endsWith(".running_mean") && !spec.key().endsWith(".running_var");
    }

    private static long cio(Operator operator) {
        return switch (operator) {
            case Conv conv -> elements(conv);
            case DepthwiseConv conv -> elements(conv);
            case ConvDepthwise both -> elements(both.pointwise()) + elements(both.depthwise());
            case TransposedConv conv -> elements(conv);
            default -> 0;
        };
    }

    private static long elements(Operator convolution) {
        return convolution.reads().getFirst().shape().elements() + convolution.output().shape().elements();
    }
}
