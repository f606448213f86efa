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
        int stride = conv.window().stride();
        PlaneAccumulator sums = new PlaneAccumulator(
                new Window(conv.input().shape().h(), stride, conv.window().paddingHeight()),
                new Window(conv.input().shape().w(), stride, conv.window().paddingWidth()), conv.output().shape());
        sums.start(weights.bias()[c]);
        addInputs(arena, sums, inputs, c);
        sums.store(arena.memory, arena.plane(conv.output(), n, c), conv.activation());
    }

    private void addInputs(ReferenceArena arena, PlaneAccumulator sums, int[] inputs, int output) {
        int height = conv.window().kernelHeight();
        int width = conv.window().kernelWidth();
        int dilation = conv.window().dilation();
        int weight = output * inputs.length * height * width;
        for (int plane : inputs) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    sums.add(arena.memory, plane, weights.weight()[weight++], y * dilation, x * dilation);
                }
            }
        }
    }
}
