package dev.hardnet.backend.reference;

import dev.hardnet.graph.Resize;
import dev.hardnet.graph.Shape;

/** Bilinear interpolation, plane by plane. */
record ReferenceResize(Resize resize) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        Shape in = resize.input().shape();
        Shape out = resize.output().shape();
        Interpolation rows = Interpolation.of(in.h(), out.h());
        Interpolation columns = Interpolation.of(in.w(), out.w());
        for (int n = 0; n < out.n(); n++) {
            int[] inputs = arena.planes(resize.input(), n);
            for (int c = 0; c < out.c(); c++) {
                int to = arena.plane(resize.output(), n, c);
                for (int i = 0; i < out.h() * out.w(); i++) {
                    arena.memory[to + i] = Interpolation.at(arena.memory, inputs[c], in.w(), rows, i / out.w(), columns,
                            i % out.w());
                }
            }
        }
    }
}
