package dev.hardnet.backend.reference;

import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.weights.FoldedWeights;

/** Depthwise convolution, plane by plane. */
record ReferenceDepthwiseConv(DepthwiseConv conv, FoldedWeights weights) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        int kernel = conv.kernel();
        PlaneAccumulator sums = new PlaneAccumulator(
                new Window(conv.input().shape().h(), conv.stride(), conv.padding()),
                new Window(conv.input().shape().w(), conv.stride(), conv.padding()), conv.output().shape());
        for (int n = 0; n < conv.output().shape().n(); n++) {
            int[] inputs = arena.planes(conv.input(), n);
            for (int c = 0; c < inputs.length; c++) {
                sums.start(weights.bias()[c]);
                for (int tap = 0; tap < kernel * kernel; tap++) {
                    sums.add(arena.memory, inputs[c], weights.weight()[c * kernel * kernel + tap], tap / kernel,
                            tap % kernel);
                }
                sums.store(arena.memory, arena.plane(conv.output(), n, c), conv.activation());
            }
        }
    }
}
