package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Network;
import dev.hardnet.plan.PlanTimeline.TimelineMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTimelineTest {
    private static final Plan PLAN = Plan.of(Network.byName("hardnet39ds").graph(1, 64, 64, 10));
    private static final PlanTimeline TIMELINE = PlanTimeline.of(PLAN);

    @Test
    void hasAMapForEachOfTheGraphsInTheArena() {
        assertEquals(PLAN.graph().maps().stream().map(map -> map.name()).toList(),
                TIMELINE.maps().stream().map(TimelineMap::map).toList());
        for (TimelineMap map : TIMELINE.maps()) {
            assertTrue(map.offset() >= 0 && map.offset() + map.bytes() <= TIMELINE.arenaBytes(), map.toString());
            assertTrue(map.firstStep() <= map.lastStep() && map.lastStep() < TIMELINE.steps().size(), map.toString());
        }
    }

    @Test
    void whatIsLiveAtAStepAreTheMapsThatSpanIt() {
        for (int step = 0; step < TIMELINE.steps().size(); step++) {
            int at = step;
            assertEquals(TIMELINE.maps().stream().filter(map -> map.firstStep() <= at && at <= map.lastStep())
                    .mapToLong(TimelineMap::bytes).sum(), TIMELINE.steps().get(step).liveBytes(), "step " + step);
        }
    }

    @Test
    void tellsWhoWritesAndWhoReadsAMap() {
        TimelineMap input = TIMELINE.maps().getFirst();
        assertNull(input.producer());
        assertEquals(List.of("base.0"), input.readers());
        TimelineMap first = TIMELINE.maps().get(1);
        assertEquals("base.0", first.producer());
        assertEquals(0, first.firstStep());
        assertEquals(TIMELINE.steps().get(first.lastStep()).name(), first.readers().getLast());
        assertEquals(List.of(), TIMELINE.maps().getLast().readers());
        assertEquals("output", TIMELINE.maps().getLast().role());
    }

    @Test
    void blocksLieInTheSchedule() {
        assertEquals(4, TIMELINE.blocks().size());
        for (PlanTimeline.TimelineBlock block : TIMELINE.blocks()) {
            assertTrue(block.firstStep() < block.endStep() && block.endStep() < TIMELINE.steps().size(),
                    block.toString());
        }
    }
}
