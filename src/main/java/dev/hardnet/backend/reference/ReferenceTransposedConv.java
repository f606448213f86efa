package dev.hardnet.backend.reference;

import dev.hardnet.graph.Shape;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.weights.FoldedWeights;

/** Transposed convolution, gathering for each output pixel the taps that reach it. */
record ReferenceTransposedConv(TransposedConv conv, FoldedWeights weights) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        Shape out = conv.output().shape();
        for (int n = 0; n < out.n(); n++) {
            int[] inputs = arena.planes(conv.input(), n);
            for (int c = 0; c < out.c(); c++) {
                int to = arena.plane(conv.output(), n, c);
                for (int i = 0; i < out.h() * out.w(); i++) {
                    arena.memory[to + i] = pixel(arena.memory, inputs, c, i / out.w(), i % out.w());
                }
            }
        }
    }

    private float pixel(float[] memory, int[] inputs, int channel, int y, int x) {
        double sum = weights.bias()[channel];
        for (int ky = 0; ky < conv.kernel(); ky++) {
            int row = source(y - ky, conv.input().shape().h());
            for (int kx = 0; row >= 0 && kx < conv.kernel(); kx++) {
                int column = source(x - kx, conv.input().shape().w());
                if (column >= 0) {
                    sum += tap(memory, inputs, row * conv.input().shape().w() + column, channel,
                            ky * conv.kernel() + kx);
                }
            }
        }
        return PlaneAccumulator.activated(sum, conv.activation());
    }

    /** The input position whose tap falls on an output position, -1 when there is none. */
    private int source(int distance, int size) {
        int position = distance + conv.padding();
        boolean meets = position >= 0 && position % conv.stride() == 0 && position / conv.stride() < size;
        return meets ? position / conv.stride() : -1;
    }

    private double tap(float[] memory, int[] inputs, int pixel, int channel, int tap) {
        int area = conv.kernel() * conv.kernel();
        int outputs = conv.output().shape().c();
        double sum = 0;
        for (int i = 0; i < inputs.length; i++) {
            sum += (double) weights.weight()[(i * outputs + channel) * area + tap] * memory[inputs[i] + pixel];
        }
        return sum;
    }
}
