package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Network;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.plan.Place;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.SlotRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** While copies of a map may still be under way, nobody reads them, nor writes where they are copied from or to. */
class CopyPlanTest {
    /** Channels of a strip in memory, from a byte of the arena on: strips that share bytes overlap. */
    private record Range(long stripStart, long stripEnd, int strip, int firstChannel, int endChannel) {
        static Range of(Plan plan, Place place) {
            long start = plan.stripOffset(place.stripIndex());
            return new Range(start, start + place.strip().bytes(), place.stripIndex(), place.slot().firstChannel(),
                    place.slot().endChannel());
        }

        boolean overlaps(Range other) {
            if (strip == other.strip) {
                return firstChannel < other.endChannel && other.firstChannel < endChannel;
            }
            return stripStart < other.stripEnd && other.stripStart < stripEnd;
        }
    }

    static Stream<Arguments> layouts() {
        return Network.all().stream().flatMap(network ->
                Stream.of(SlotRules.FLOAT32, SlotRules.FLOAT16).map(rules -> Arguments.of(network, rules)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("layouts")
    void untilTheDeadlineNobodyTouchesWhatIsCopied(Network network, SlotRules rules) {
        Graph graph = network.graph(1, network.publishedSize().height(), network.publishedSize().width(),
                network.publishedClasses());
        SlotLayout slots = SlotLayout.of(graph, rules);
        Plan plan = Plan.of(slots, _ -> 0L);
        CopyPlan copying = new CopyPlan(slots);
        for (int step = 0; step < graph.operators().size(); step++) {
            int deadline = copying.deadline(step);
            assertTrue(step < deadline && deadline <= graph.operators().size(), "step " + step);
            List<Place> places = copying.places(step);
            assertEquals(Set.copyOf(slots.places(graph.operators().get(step).output())), Set.copyOf(places));
            for (int later = step + 1; later < deadline && places.size() > 1; later++) {
                checkApart(plan, places, later);
            }
        }
    }

    private static void checkApart(Plan plan, List<Place> places, int later) {
        Operator operator = plan.graph().operators().get(later);
        List<Range> copied = places.stream().map(place -> Range.of(plan, place)).toList();
        for (Place written : plan.slots().orElseThrow().places(operator.output())) {
            Range range = Range.of(plan, written);
            assertTrue(copied.stream().noneMatch(range::overlaps), () -> operator.name() + " writes what is copied");
        }
        for (Place read : read(plan.slots().orElseThrow(), operator, later)) {
            assertFalse(places.subList(1, places.size()).contains(read), () -> operator.name() + " reads a copy");
        }
    }

    private static List<Place> read(SlotLayout slots, Operator operator, int step) {
        List<Place> read = new ArrayList<>();
        for (View view : operator.reads()) {
            List<Place> range = view.segments().size() > 1 ? slots.range(view, step) : List.of();
            read.addAll(range);
            if (range.isEmpty()) {
                for (Segment segment : view.segments()) {
                    read.add(slots.place(segment, step));
                }
            }
        }
        return read;
    }

    @Test
    void aCopyThatTheNextStepReadsIsWaitedForAtOnceAndOneForLaterIsNot() {
        SlotLayout slots = SlotLayout.of(Network.HARDNET_68.graph(1, 224, 224, 1000), SlotRules.FLOAT16);
        CopyPlan copying = new CopyPlan(slots);
        int copied = 0;
        int beside = 0;
        for (int step = 0; step < slots.graph().operators().size(); step++) {
            if (slots.places(slots.graph().operators().get(step).output()).size() > 1) {
                copied++;
                beside += copying.deadline(step) > step + 1 ? 1 : 0;
            }
        }
        assertEquals(32, copied);
        assertEquals(32, beside);
    }

    @Test
    void whatNobodyReadsIsWaitedForAtTheEnd() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 8, 4, 4));
        builder.output("y", builder.conv("conv", builder.input(), 8, 1, 1, Activation.NONE,
                Parameters.biased("conv")));
        assertEquals(1, new CopyPlan(SlotLayout.of(builder.build(), SlotRules.FLOAT16)).deadline(0));
    }
}
