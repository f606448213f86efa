package dev.hardnet.network;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.View;
import java.util.Optional;

/** Convolutions in the order of DenseNet: batch norm, ReLU, convolution. */
final class PreActivation {
    private PreActivation() {
    }

    /**
     * Adds {@code module.norm} and {@code module.conv}.
     *
     * @param graph    where to
     * @param module   the module's name
     * @param from     what is read
     * @param channels output channels
     * @param kernel   rows and columns of the kernel; the size of the map stays
     * @return the output, not normalised
     */
    static View conv(GraphBuilder graph, String module, View from, int channels, int kernel) {
        View x = graph.batchNormRelu(module + ".norm", from, module + ".norm");
        return graph.conv(module + ".conv", x, channels, kernel, 1, Activation.NONE, unbiased(module + ".conv.weight"));
    }

    /** A weight by itself: the batch norm behind the convolution belongs to whoever reads it. */
    static Parameters unbiased(String weight) {
        return new Parameters(weight, Optional.empty(), Optional.empty());
    }
}
