package dev.hardnet.onnx.read;

import dev.hardnet.traffic.ConvolutionSizes;
import dev.hardnet.traffic.LayerKind;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a node once its inputs are.
 *
 * @param kind        what it does
 * @param outputs     the sizes of what it writes
 * @param macs        multiply-adds for the whole batch
 * @param weights     elements of its weights
 * @param convolution the window of a convolution
 * @param content     what it writes, where that is constant whatever its inputs hold
 */
record Inference(LayerKind kind, List<Dims> outputs, long macs, long weights, Optional<ConvolutionSizes> convolution,
                 Optional<Numbers> content) {
    static Inference of(LayerKind kind, Dims output) {
        return of(kind, List.of(output));
    }

    static Inference of(LayerKind kind, List<Dims> outputs) {
        return new Inference(kind, outputs, 0, 0, Optional.empty(), Optional.empty());
    }

    /** A tensor that is known before anything runs. */
    static Inference constant(Dims output, Numbers content) {
        return new Inference(LayerKind.RESHAPE, List.of(output), 0, 0, Optional.empty(), Optional.of(content));
    }

    Inference weights(long elements) {
        return new Inference(kind, outputs, macs, elements, convolution, content);
    }

    Inference macs(long count) {
        return new Inference(kind, outputs, count, weights, convolution, content);
    }

    Inference convolution(ConvolutionSizes sizes) {
        return new Inference(kind, outputs, macs, weights, Optional.of(sizes), content);
    }
}
