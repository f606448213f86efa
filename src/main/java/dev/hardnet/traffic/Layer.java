package dev.hardnet.traffic;

import java.util.List;
import java.util.Optional;

/**
 * One layer as a framework that runs every operator by itself sees it.
 *
 * @param name        its name, unique in its graph
 * @param kind        what it does
 * @param reads       the tensors it reads, without its weights
 * @param writes      the tensor it writes
 * @param macs        multiply-adds for the whole batch, of convolutions and linear layers only (paper, Table 4)
 * @param weights     elements of its weights, biases, scales and shifts
 * @param convolution the window, empty for layers that are no convolution
 */
public record Layer(String name, LayerKind kind, List<LayerTensor> reads, LayerTensor writes, long macs, long weights,
        Optional<ConvolutionSizes> convolution) {
    /** Makes the list immutable. */
    public Layer {
        reads = List.copyOf(reads);
    }

    /**
     * Whether each element that it writes depends on one that it reads, so that either side can be without memory.
     *
     * @return true for batch norms, activations, and sums and products with constants
     */
    boolean isPointwise() {
        boolean oneToOne = reads.size() == 1 && reads.getFirst().elements() == writes.elements();
        return oneToOne && (kind == LayerKind.BATCH_NORM || kind == LayerKind.ACTIVATION
                || kind == LayerKind.ELEMENTWISE);
    }
}
