package dev.hardnet.backend.reference;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.Shape;
import dev.hardnet.weights.FoldedWeights;
import java.util.List;

/** Scale, shift and ReLU, plane by plane, for one destination after the other. */
record ReferenceBatchNormRelu(BatchNormRelu norm, List<FoldedWeights> scalings) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        for (int n = 0; n < norm.input().shape().n(); n++) {
            int[] inputs = arena.planes(norm.input(), n);
            for (int d = 0; d < scalings.size(); d++) {
                for (int c = 0; c < inputs.length; c++) {
                    int to = arena.plane(norm.outputs().get(d), n, c);
                    write(arena.memory, inputs[c], to, scalings.get(d).weight()[c], scalings.get(d).bias()[c]);
                }
            }
        }
    }

    private void write(float[] memory, int from, int to, double scale, double shift) {
        Shape shape = norm.input().shape();
        for (int i = 0; i < shape.h() * shape.w(); i++) {
            memory[to + i] = PlaneAccumulator.activated(memory[from + i] * scale + shift, Activation.RELU);
        }
    }
}
