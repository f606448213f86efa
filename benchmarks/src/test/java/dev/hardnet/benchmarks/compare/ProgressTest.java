package dev.hardnet.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final BenchmarkCase EACH = new BenchmarkCase("hardnet39ds", 224, 224, 1, 1);

    private final Progress progress = new Progress(List.of(EACH, EACH, EACH));

    @Test
    void theFirstCaseTellsNoRest() {
        assertEquals("case 1 of 3: hardnet39ds 1x3x224x224, 1 thread", progress.text(0));
    }

    @Test
    void equalCasesTakeEquallyLong() {
        progress.next();
        assertEquals("case 2 of 3: hardnet39ds 1x3x224x224, 1 thread, about 1 min 10 s left", progress.text(35));
    }

    @Test
    void fewSecondsAreToldWithoutMinutes() {
        assertEquals("59 s", ElapsedTime.text(59.4));
        assertEquals("1 min 0 s", ElapsedTime.text(59.6));
    }
}
