package dev.hardnet.backend.reference;

import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.Shape;

/** The class whose resized value is the largest, pixel by pixel. */
record ReferenceResizeArgMax(ResizeArgMax resize) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        Shape in = resize.input().shape();
        Shape out = resize.output().shape();
        Interpolation rows = Interpolation.of(in.h(), out.h());
        Interpolation columns = Interpolation.of(in.w(), out.w());
        byte[] to = arena.bytes(resize.output());
        int pixel = 0;
        for (int n = 0; n < out.n(); n++) {
            int[] inputs = arena.planes(resize.input(), n);
            for (int i = 0; i < out.h() * out.w(); i++) {
                to[pixel++] = (byte) best(arena.memory, inputs, rows, i / out.w(), columns, i % out.w());
            }
        }
    }

    private int best(float[] memory, int[] inputs, Interpolation rows, int y, Interpolation columns, int x) {
        int best = 0;
        float most = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < inputs.length; c++) {
            float value = Interpolation.at(memory, inputs[c], resize.input().shape().w(), rows, y, columns, x);
            if (value > most) {
                most = value;
                best = c;
            }
        }
        return best;
    }
}
