package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArenaPlannerTest {
    private static UsageRecord record(String id, long bytes, int first, int last) {
        return new UsageRecord(id, bytes, first, last, 1);
    }

    @Test
    void placesNothingInAnEmptyArena() {
        ArenaLayout layout = ArenaPlanner.plan(List.of());
        assertEquals(new ArenaLayout(List.of(), List.of(), 0, 0), layout);
        assertEquals(1, layout.ratio());
    }

    @Test
    void sharesMemoryBetweenRecordsThatNeverMeet() {
        ArenaLayout layout = ArenaPlanner.plan(List.of(record("a", 10, 0, 1), record("b", 10, 2, 3)));
        assertEquals(List.of(0L, 0L), layout.offsets());
        assertEquals(10, layout.peakBytes());
    }

    @Test
    void keepsRecordsApartThatMeetAtOneStepOnly() {
        ArenaLayout layout = ArenaPlanner.greedy(List.of(record("a", 10, 0, 2), record("b", 20, 2, 3)),
                GreedyOrder.SIZE);
        assertEquals(List.of(20L, 0L), layout.offsets());
        assertEquals(30, layout.peakBytes());
        assertEquals(30, layout.lowerBoundBytes());
    }

    @Test
    void prefersTheSmallestGapThatFits() {
        List<UsageRecord> records = List.of(
                record("a", 100, 0, 0), record("b", 90, 0, 1), record("c", 80, 0, 0), record("d", 70, 0, 1),
                record("e", 60, 1, 1));
        ArenaLayout layout = ArenaPlanner.greedy(records, GreedyOrder.SIZE);
        // At step 1 the gaps are 0..100 under b and 190..270 under d; the second is the tighter one.
        assertEquals(List.of(0L, 100L, 190L, 270L, 190L), layout.offsets());
    }

    @Test
    void ordersByBreadthByDurationAndByArea() {
        List<UsageRecord> records = List.of(record("long", 10, 0, 9), record("large", 50, 0, 0),
                record("crowded", 30, 5, 5), record("crowd", 40, 5, 5), record("flat", 20, 3, 8));
        assertEquals(List.of(90L, 0L, 40L, 0L, 70L), ArenaPlanner.greedy(records, GreedyOrder.SIZE).offsets());
        assertEquals(List.of(90L, 0L, 40L, 0L, 70L), ArenaPlanner.greedy(records, GreedyOrder.BREADTH).offsets());
        assertEquals(List.of(0L, 10L, 70L, 30L, 10L), ArenaPlanner.greedy(records, GreedyOrder.DURATION).offsets());
        assertEquals(List.of(90L, 0L, 60L, 0L, 40L), ArenaPlanner.greedy(records, GreedyOrder.AREA).offsets());
    }

    @Test
    void roundsUpToTheAlignment() {
        ArenaLayout layout = ArenaPlanner.plan(List.of(new UsageRecord("a", 65, 0, 0, 64),
                new UsageRecord("b", 1, 0, 0, 64)));
        assertEquals(List.of(0L, 128L), layout.offsets());
        assertEquals(192, layout.peakBytes());
        assertEquals(192, layout.lowerBoundBytes());
    }

    @Test
    void keepsEveryRecordsOwnAlignment() {
        Random random = new Random(3);
        for (int problem = 0; problem < 20; problem++) {
            List<UsageRecord> records = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                int first = random.nextInt(20);
                records.add(new UsageRecord("r" + i, 1 + random.nextInt(500), first, first + random.nextInt(6),
                        1 << random.nextInt(8)));
            }
            OverlapValidator.check(ArenaPlanner.plan(records, new PlannerOptions(problem, 5_000)));
        }
    }

    @Test
    void findsTheLayoutThatNoGreedyOrderFinds() throws Exception {
        List<UsageRecord> records = MiniMallocProblemsTest.read("A");
        ArenaLayout greedyOnly = ArenaPlanner.plan(records, new PlannerOptions(1, 0));
        ArenaLayout improved = ArenaPlanner.plan(records, new PlannerOptions(1, 50_000));
        assertTrue(improved.peakBytes() < greedyOnly.peakBytes());
    }

    @Test
    void givesTheSameLayoutAgain() throws Exception {
        List<UsageRecord> records = MiniMallocProblemsTest.read("B");
        PlannerOptions options = new PlannerOptions(7, 20_000);
        assertEquals(ArenaPlanner.plan(records, options), ArenaPlanner.plan(records, options));
    }

    @Test
    void isNeverWorseThanGreedyHoweverFewTheSteps() {
        Random random = new Random(5);
        for (int problem = 0; problem < 40; problem++) {
            List<UsageRecord> records = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int first = random.nextInt(30);
                records.add(record("r" + i, 1 + random.nextInt(1000), first, first + random.nextInt(10)));
            }
            ArenaLayout layout = ArenaPlanner.plan(records, new PlannerOptions(problem, random.nextInt(2_000)));
            OverlapValidator.check(layout);
            assertTrue(layout.peakBytes() >= layout.lowerBoundBytes());
            for (GreedyOrder order : GreedyOrder.values()) {
                ArenaLayout greedy = ArenaPlanner.greedy(records, order);
                OverlapValidator.check(greedy);
                assertTrue(layout.peakBytes() <= greedy.peakBytes());
            }
        }
    }

    @Test
    void refusesWhatCannotBeCounted() {
        List<UsageRecord> records = List.of(record("a", Long.MAX_VALUE, 0, 0), record("b", Long.MAX_VALUE, 0, 0));
        assertThrows(HarDNetException.class, () -> ArenaPlanner.plan(records));
        assertThrows(HarDNetException.class, () -> new PlannerOptions(1, -1));
    }
}
