package dev.hardnet.backend.reference;

import dev.hardnet.graph.Add;
import dev.hardnet.graph.Shape;

/** The sum of two views, plane by plane. */
record ReferenceAdd(Add add) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        Shape out = add.output().shape();
        for (int n = 0; n < out.n(); n++) {
            int[] left = arena.planes(add.left(), n);
            int[] right = arena.planes(add.right(), n);
            for (int c = 0; c < out.c(); c++) {
                int to = arena.plane(add.output(), n, c);
                for (int i = 0; i < out.h() * out.w(); i++) {
                    double sum = (double) arena.memory[left[c] + i] + arena.memory[right[c] + i];
                    arena.memory[to + i] = PlaneAccumulator.activated(sum, add.activation());
                }
            }
        }
    }
}
