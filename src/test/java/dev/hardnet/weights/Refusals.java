package dev.hardnet.weights;

import dev.hardnet.HarDNetException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Expects exact sentences. */
final class Refusals {
    private Refusals() {
    }

    static void refuses(String sentence, Runnable action) {
        assertEquals(sentence, assertThrows(HarDNetException.class, action::run).getMessage());
    }

    static void refusesFile(String sentence, byte[] file) {
        refuses(sentence, () -> CheckpointBytes.open(file).close());
    }
}
