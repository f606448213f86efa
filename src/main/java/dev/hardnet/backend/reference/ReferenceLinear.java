package dev.hardnet.backend.reference;

import dev.hardnet.graph.Linear;
import dev.hardnet.weights.FoldedWeights;

/** Fully connected layer, one dot product after the other. */
record ReferenceLinear(Linear linear, FoldedWeights weights) implements ReferenceKernel {
    @Override
    public void run(ReferenceArena arena) {
        for (int n = 0; n < linear.output().shape().n(); n++) {
            int[] inputs = arena.planes(linear.input(), n);
            for (int c = 0; c < linear.output().shape().c(); c++) {
                double sum = weights.bias()[c];
                for (int i = 0; i < inputs.length; i++) {
                    sum += (double) weights.weight()[c * inputs.length + i] * arena.memory[inputs[i]];
                }
                arena.memory[arena.plane(linear.output(), n, c)] = (float) sum;
            }
        }
    }
}
