package dev.hardnet.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;

/** Expects exact sentences. */
final class Refusals {
    private Refusals() {
    }

    static void refuses(String sentence, Runnable action) {
        assertEquals(sentence, assertThrows(HarDNetException.class, action::run).getMessage());
    }

    /** Expects that a file in memory is refused, with a sentence that begins with its name and goes on so. */
    static void refusesFile(String place, byte[] file) {
        refuses("memory.pth, " + place, () -> CheckpointBytes.open(file).close());
    }
}
