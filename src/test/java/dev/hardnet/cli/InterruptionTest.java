package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {
    @Test
    void theFirstSignalAsksForAnEndAndTheSecondEndsAtOnce() {
        List<String> happened = new ArrayList<>();
        try (Interruption interruption = Interruption.asking(() -> happened.add("stop"), () -> happened.add("halt"))) {
            assertFalse(interruption.happened());
            interruption.signal();
            assertTrue(interruption.happened());
            assertEquals(List.of("stop"), happened);
            interruption.signal();
            assertEquals("halt", happened.get(1));
        }
    }
}
