package dev.hardnet.backend.reference;

import dev.hardnet.graph.Conv;
import dev.hardnet.weights.FoldedWeights;
import java.util.stream.IntStream;

/** Dense convolution, plane by plane; planes depend on nothing but the input, so that several are made at a time. */
record ReferenceConv(Conv conv, FoldedWeights weights) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        for (int n = 0; n < conv.output().shape().n(); n++) {
            int picture = n;
            int[] inputs = arena.planes(conv.input(), n);
            IntStream.range(0, conv.output().shape().c()).parallel()
                    .forEach(c -> writePlane(arena, inputs, picture, c));
        }
    }

    private void writePlane(ReferenceArena arena, int[] inputs, int n, int c) {
        PlaneAccumulator sums = new PlaneAccumulator(conv.input().shape(), conv.output().shape(), conv.stride(),
                conv.padding());
        sums.start(weights.bias()[c]);
        addInputs(arena, sums, inputs, c);
        sums.store(arena.memory, arena.plane(conv.output(), n, c), conv.activation());
    }

    private void addInputs(ReferenceArena arena, PlaneAccumulator sums, int[] inputs, int output) {
        int kernel = conv.kernel();
        int weight = output * inputs.length * kernel * kernel;
        for (int plane : inputs) {
            for (int y = 0; y < kernel; y++) {
                for (int x = 0; x < kernel; x++) {
                    sums.add(arena.memory, plane, weights.weight()[weight++], y * conv.dilation(),
                            x * conv.dilation());
                }
            }
        }
    }
}
