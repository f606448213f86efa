package dev.hardnet.backend.reference;

import dev.hardnet.Tensor;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.Shape;

/** Reads an output out of the arena. */
record ReferenceOutput(Output output) {
    void read(ReferenceArena arena, Tensor to) {
        FeatureMap first = output.maps().getFirst();
        if (output.type() == ElementType.UINT8) {
            System.arraycopy(arena.bytes(first), 0, to.bytes(), 0, to.bytes().length);
        } else if (output.layout() == Output.Layout.PLANES) {
            System.arraycopy(arena.memory, arena.start(first), to.data(), 0, to.data().length);
        } else {
            readPriors(arena, to.data());
        }
    }

    private void readPriors(ReferenceArena arena, float[] to) {
        int position = 0;
        for (int n = 0; n < output.maps().getFirst().shape().n(); n++) {
            for (FeatureMap map : output.maps()) {
                Shape shape = map.shape();
                int pixels = shape.h() * shape.w();
                int start = arena.plane(map, n, 0);
                for (int i = 0; i < shape.c() * pixels; i++) {
                    to[position++] = arena.memory[start + i % shape.c() * pixels + i / shape.c()];
                }
            }
        }
    }
}
