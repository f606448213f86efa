package dev.hardnet.backend.reference;

import dev.hardnet.graph.Shape;
import dev.hardnet.graph.SumToOne;

/** Each plane divided by its sum. */
record ReferenceSumToOne(SumToOne operator) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        Shape shape = operator.output().shape();
        int pixels = shape.h() * shape.w();
        for (int n = 0; n < shape.n(); n++) {
            int[] inputs = arena.planes(operator.input(), n);
            for (int c = 0; c < inputs.length; c++) {
                double sum = SumToOne.OFFSET;
                for (int i = 0; i < pixels; i++) {
                    sum += arena.memory[inputs[c] + i];
                }
                int to = arena.plane(operator.output(), n, c);
                for (int i = 0; i < pixels; i++) {
                    arena.memory[to + i] = (float) (arena.memory[inputs[c] + i] / sum);
                }
            }
        }
    }
}
