package dev.hardnet.backend.reference;

import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Shape;

/** Each pixel divided by the norm of its channels. */
record ReferenceL2Norm(L2Norm norm, float[] weight) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        Shape shape = norm.output().shape();
        for (int n = 0; n < shape.n(); n++) {
            int[] inputs = arena.planes(norm.input(), n);
            int to = arena.plane(norm.output(), n, 0);
            int pixels = shape.h() * shape.w();
            for (int i = 0; i < pixels; i++) {
                double length = length(arena.memory, inputs, i) + L2Norm.EPSILON;
                for (int c = 0; c < inputs.length; c++) {
                    arena.memory[to + c * pixels + i] = (float) (weight[c] * arena.memory[inputs[c] + i] / length);
                }
            }
        }
    }

    private static double length(float[] memory, int[] inputs, int pixel) {
        double squares = 0;
        for (int plane : inputs) {
            squares += (double) memory[plane + pixel] * memory[plane + pixel];
        }
        return Math.sqrt(squares);
    }
}
