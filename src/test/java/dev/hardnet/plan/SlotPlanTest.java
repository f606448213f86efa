package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Network;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Shape;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan whose maps stand in slots. */
class SlotPlanTest {
    private static final Workspaces SOME = operator -> operator.name().length() % 3 * 1000L;

    static Stream<Arguments> plans() {
        return Stream.of(Network.HARDNET_39DS, Network.HARDNET_68, Network.FCHARDNET_70).flatMap(network ->
                Stream.of(SlotRules.FLOAT32, SlotRules.FLOAT16).map(rules -> Arguments.of(network, rules)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("plans")
    void noTwoLiveSlotsShareAByteWithEachOtherOrWithAWorkspace(Network network, SlotRules rules) {
        Plan plan = Plan.of(SlotLayout.of(graph(network), rules), SOME);
        for (Step step : plan.steps()) {
            BitSet taken = new BitSet();
            if (step.workspaceBytes() > 0) {
                take(taken, plan.workspaceOffset(step), step.workspaceBytes(), plan);
            }
            for (FeatureMap map : plan.graph().maps()) {
                plan.slots().orElseThrow().places(map).stream().filter(place -> place.slot().isLive(step.index()))
                        .forEach(place -> takeElements(taken, plan, place));
            }
        }
    }

    /** Every element of the slot, by the definition of the two orders. */
    private static void takeElements(BitSet taken, Plan plan, Place place) {
        Shape shape = place.strip().shape();
        int bytes = place.strip().elementBytes();
        long pixels = (long) shape.h() * shape.w();
        long start = plan.offset(place);
        for (int n = 0; n < shape.n(); n++) {
            long picture = start + n * shape.c() * pixels * bytes;
            if (plan.slots().orElseThrow().rules().order() == ChannelOrder.FIRST) {
                take(taken, picture, place.slot().channels() * pixels * bytes, plan);
            } else {
                for (long pixel = 0; pixel < pixels; pixel++) {
                    take(taken, picture + pixel * shape.c() * bytes, (long) place.slot().channels() * bytes, plan);
                }
            }
        }
    }

    private static void take(BitSet taken, long offset, long bytes, Plan plan) {
        int from = Math.toIntExact(offset);
        int to = Math.toIntExact(offset + bytes);
        assertTrue(to <= plan.arenaBytes());
        int next = taken.nextSetBit(from);
        assertFalse(next >= 0 && next < to, () -> "byte " + next + " is taken twice");
        taken.set(from, to);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("plans")
    void theRecordsAreTheStripsThenTheWorkspacesAtMultiplesOf256Bytes(Network network, SlotRules rules) {
        SlotLayout slots = SlotLayout.of(graph(network), rules);
        Plan plan = Plan.of(slots, SOME);
        List<Step> withWorkspace = plan.steps().stream().filter(step -> step.workspaceBytes() > 0).toList();
        List<Long> offsets = plan.layout().offsets();
        assertEquals(slots.strips().size() + withWorkspace.size(), offsets.size());
        for (int i = 0; i < slots.strips().size(); i++) {
            assertEquals(offsets.get(i), plan.stripOffset(i));
            assertEquals(slots.strips().get(i).bytes(), plan.layout().records().get(i).bytes());
        }
        for (int i = 0; i < withWorkspace.size(); i++) {
            assertEquals(offsets.get(slots.strips().size() + i), plan.workspaceOffset(withWorkspace.get(i)));
        }
        offsets.forEach(offset -> assertEquals(0, offset % 256));
    }

    @Test
    void aMapIsWhereItsFirstPlaceIs() {
        SlotLayout slots = SlotLayout.of(graph(Network.HARDNET_39DS), SlotRules.FLOAT32);
        Plan plan = Plan.of(slots, Workspaces.NONE);
        for (FeatureMap map : slots.graph().maps()) {
            Place first = slots.places(map).getFirst();
            Shape shape = first.strip().shape();
            long inStrip = (long) first.slot().firstChannel() * shape.h() * shape.w() * Float.BYTES;
            assertEquals(plan.stripOffset(first.stripIndex()) + inStrip, plan.offset(map));
            assertEquals(plan.layout().records().get(first.stripIndex()), plan.usage(map));
        }
    }

    @Test
    void mapsOneByOneHaveNoStrips() {
        Plan plan = Plan.of(graph(Network.HARDNET_39DS));
        assertTrue(plan.slots().isEmpty());
        assertThrows(IndexOutOfBoundsException.class, () -> plan.stripOffset(0));
    }

    @Test
    void totalsCountTheBytesOfThePrecision() {
        Graph graph = ArgMaxFusion.apply(graph(Network.FCHARDNET_70));
        PlanTotals single = Plan.of(SlotLayout.of(graph, SlotRules.FLOAT32), Workspaces.NONE).totals();
        PlanTotals half = Plan.of(SlotLayout.of(graph, SlotRules.FLOAT16), Workspaces.NONE).totals();
        long classes = graph.outputs().getFirst().maps().getFirst().bytes();
        assertEquals(Plan.of(graph).totals().copiedBytes(), single.copiedBytes());
        assertEquals(single.viewsBytes() - classes, 2 * (half.viewsBytes() - classes));
        assertEquals(single.copiedBytes() - classes, 2 * (half.copiedBytes() - classes));
    }

    @Test
    void theSameSlotsGiveTheSamePlan() {
        Graph graph = graph(Network.HARDNET_39DS);
        Plan plan = Plan.of(SlotLayout.of(graph, SlotRules.FLOAT32), SOME);
        assertEquals(plan, Plan.of(SlotLayout.of(graph, SlotRules.FLOAT32), SOME));
        assertEquals(plan.hashCode(), Plan.of(SlotLayout.of(graph, SlotRules.FLOAT32), SOME).hashCode());
        assertNotEquals(plan, Plan.of(graph, SOME));
    }

    private static Graph graph(Network network) {
        return network.graph(2, 64, 64, 19);
    }
}
