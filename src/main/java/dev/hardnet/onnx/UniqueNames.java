package dev.hardnet.onnx;

import java.util.HashSet;
import java.util.Set;

/** Names that must not occur twice: those of all values, or of all nodes. */
final class UniqueNames {
    private final Set<String> taken = new HashSet<>();

    /** Takes the name wanted, or one like it when that is taken. */
    String take(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }
}
