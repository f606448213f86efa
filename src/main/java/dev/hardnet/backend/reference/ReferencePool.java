package dev.hardnet.backend.reference;

import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;

/** Maximum and average pooling, window by window. */
record ReferencePool(Pool pool) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        Shape out = pool.output().shape();
        for (int n = 0; n < out.n(); n++) {
            int[] inputs = arena.planes(pool.input(), n);
            for (int c = 0; c < out.c(); c++) {
                int to = arena.plane(pool.output(), n, c);
                for (int y = 0; y < out.h(); y++) {
                    for (int x = 0; x < out.w(); x++) {
                        arena.memory[to++] = window(arena.memory, inputs[c], y, x);
                    }
                }
            }
        }
    }

    private float window(float[] memory, int plane, int y, int x) {
        Shape in = pool.input().shape();
        int top = y * pool.stride() - pool.padding();
        int left = x * pool.stride() - pool.padding();
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int row = Math.max(top, 0); row < Math.min(top + pool.kernel(), in.h()); row++) {
            for (int column = Math.max(left, 0); column < Math.min(left + pool.kernel(), in.w()); column++) {
                double value = memory[plane + row * in.w() + column];
                max = Math.max(max, value);
                sum += value;
            }
        }
        return (float) (pool.type() == Pool.Type.MAX ? max : sum / (covered(top, in.h()) * covered(left, in.w())));
    }

    /** How much of a window lies inside the padded map: what an average is divided by, along one axis. */
    private int covered(int start, int size) {
        return Math.min(start + pool.kernel(), size + pool.padding()) - start;
    }
}
