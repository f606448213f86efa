package dev.hardnet.backend.reference;

import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.Shape;

/** The mean of each plane. */
record ReferenceGlobalAveragePool(GlobalAveragePool pool) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        Shape in = pool.input().shape();
        int pixels = in.h() * in.w();
        for (int n = 0; n < in.n(); n++) {
            int[] planes = arena.planes(pool.input(), n);
            for (int c = 0; c < planes.length; c++) {
                double sum = 0;
                for (int i = 0; i < pixels; i++) {
                    sum += arena.memory[planes[c] + i];
                }
                arena.memory[arena.plane(pool.output(), n, c)] = (float) (sum / pixels);
            }
        }
    }
}
