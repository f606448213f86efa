package dev.hardnet.onnx.read;

import java.util.Optional;

/** A node does something that no layer stands for. */
final class NodeNotSupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Dims output;

    /** The reason follows the word "it": "multiplies two computed tensors". */
    NodeNotSupported(String reason, Dims output) {
        super("It " + reason + ".");
        this.output = output;
    }

    NodeNotSupported(String reason) {
        this(reason, null);
    }

    /** What it writes, where that can be told all the same. */
    Optional<Dims> output() {
        return Optional.ofNullable(output);
    }
}
