package dev.hardnet.onnx.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sizes of tensors that meet element by element: sizes of 1 stretch. */
final class Broadcast {
    private Broadcast() {
    }

    static Dims of(NodeCall node, Dims left, Dims right) {
        List<Long> sizes = new ArrayList<>();
        for (int fromEnd = 1; fromEnd <= Math.max(left.rank(), right.rank()); fromEnd++) {
            long a = size(left, fromEnd);
            long b = size(right, fromEnd);
            if (a != b && a != 1 && b != 1) {
                throw node.fault("joins tensors of %s and %s, which do not fit".formatted(left, right));
            }
            sizes.add(a == 1 ? b : a);
        }
        Collections.reverse(sizes);
        return new Dims(sizes);
    }

    private static long size(Dims dims, int fromEnd) {
        return fromEnd <= dims.rank() ? dims.get(dims.rank() - fromEnd) : 1;
    }
}
