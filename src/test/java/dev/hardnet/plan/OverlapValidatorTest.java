package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapValidatorTest {
    private static final UsageRecord EARLY = new UsageRecord("early", 64, 0, 3, 64);
    private static final UsageRecord LATE = new UsageRecord("late", 64, 3, 5, 64);
    private static final UsageRecord LATER = new UsageRecord("later", 64, 4, 5, 64);

    private static String refusal(ArenaLayout layout) {
        return assertThrows(HarDNetException.class, () -> OverlapValidator.check(layout)).getMessage();
    }

    @Test
    void acceptsNeighboursInMemoryAndInTime() {
        assertDoesNotThrow(() -> OverlapValidator.check(new ArenaLayout(List.of(EARLY, LATE), List.of(0L, 64L), 128, 128)));
        assertDoesNotThrow(() -> OverlapValidator.check(new ArenaLayout(List.of(EARLY, LATER), List.of(0L, 0L), 64, 64)));
    }

    @Test
    void namesBothRecordsThatOverlap() {
        assertEquals("early (bytes 0 to 63, steps 0 to 3) and late (bytes 0 to 63, steps 3 to 5) overlap.",
                refusal(new ArenaLayout(List.of(EARLY, LATE), List.of(0L, 0L), 128, 128)));
    }

    @Test
    void refusesAnOffsetOffTheAlignment() {
        assertEquals("early stands at offset 32, which must be a multiple of 64, 0 or more.",
                refusal(new ArenaLayout(List.of(EARLY), List.of(32L), 128, 64)));
        assertEquals("early stands at offset -64, which must be a multiple of 64, 0 or more.",
                refusal(new ArenaLayout(List.of(EARLY), List.of(-64L), 128, 64)));
    }

    @Test
    void refusesARecordPastThePeak() {
        assertEquals("late (64 bytes at offset 64) leaves the arena of 127 bytes.",
                refusal(new ArenaLayout(List.of(LATE), List.of(64L), 127, 64)));
    }

    @Test
    void refusesALayoutWithoutAnOffsetForEachRecord() {
        assertThrows(HarDNetException.class, () -> new ArenaLayout(List.of(EARLY, LATE), List.of(0L), 64, 64));
    }
}
