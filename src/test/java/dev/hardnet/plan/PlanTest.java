package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Shape;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Workspaces SOME = operator -> operator instanceof DepthwiseConv ? 1000 : 0;

    private static void assertTotals(String copiedViewsBoundArena, Graph graph) {
        PlanTotals totals = Plan.of(graph).totals();
        double mib = 1 << 20;
        assertEquals(copiedViewsBoundArena, String.format(Locale.ROOT, "%.1f %.1f %.2f %.2f", totals.copiedBytes() / mib,
                totals.viewsBytes() / mib, totals.lowerBoundBytes() / mib, totals.arenaBytes() / mib));
    }

    @Test
    void meetsTheBoundOnHarDNets() {
        assertTotals("24.8 15.7 3.45 3.45", HarmonicGraphs.hardnet39ds());
        assertTotals("37.9 18.0 4.59 4.59", HarmonicGraphs.hardnet68());
        assertTotals("57.5 26.8 6.89 6.89", HarmonicGraphs.hardnet85());
    }

    @Test
    void needsNoImprovementOnHarDNets() {
        Graph graph = HarmonicGraphs.hardnet68();
        Plan plan = Plan.of(graph, Workspaces.NONE, new PlannerOptions(1, 0));
        assertEquals(plan.lowerBoundBytes(), plan.arenaBytes());
        assertEquals(Plan.of(graph), plan);
    }

    @Test
    void placesWorkspacesBesideTheMaps() {
        Plan plan = Plan.of(HarmonicGraphs.hardnet39ds(), SOME);
        for (Step step : plan.steps()) {
            boolean has = step.operator() instanceof DepthwiseConv;
            assertEquals(has ? 1000 : 0, step.workspaceBytes());
            if (has) {
                int record = plan.layout().offsets().size();
                assertTrue(plan.workspaceOffset(step) % Lifetimes.ALIGNMENT == 0 && record > plan.steps().size() + 1);
                assertTrue(plan.workspaceOffset(step) + 1000 <= plan.arenaBytes());
            } else {
                assertEquals(-1, plan.workspaceOffset(step));
            }
        }
    }

    @Test
    void tellsWhatDiesAtEachStep() {
        Plan plan = Plan.of(HarmonicGraphs.hardnet68());
        assertEquals(List.of("input"), names(plan.steps().get(0)));
        assertEquals(List.of("base.3.layers.1"), names(plan.steps().get(6)));
        assertEquals(List.of(), names(plan.steps().get(7)));
        assertEquals(List.of("base.16.0", "base.16.3"), names(plan.steps().getLast()));
        long dying = plan.steps().stream().mapToLong(step -> step.dying().size()).sum();
        assertEquals(plan.graph().maps().size(), dying);
    }

    private static List<String> names(Step step) {
        return step.dying().stream().map(FeatureMap::name).toList();
    }

    @Test
    void isEqualForTheSameGraphAndWorkspaces() {
        Plan plan = Plan.of(HarmonicGraphs.hardnet39ds(), SOME);
        Plan again = Plan.of(HarmonicGraphs.hardnet39ds(), SOME);
        assertEquals(plan, again);
        assertEquals(plan.hashCode(), again.hashCode());
        assertEquals(PlanTable.write(plan), PlanTable.write(again));
        assertNotEquals(plan, Plan.of(HarmonicGraphs.hardnet39ds()));
    }

    @Test
    void refusesAMapOfAnotherGraph() {
        Plan plan = Plan.of(HarmonicGraphs.hardnet68());
        FeatureMap stranger = new FeatureMap(1, "stranger", new Shape(1, 1, 1, 1));
        assertThrows(HarDNetException.class, () -> plan.offset(stranger));
        assertEquals(plan.offset(plan.graph().maps().get(5)), plan.layout().offsets().get(5));
    }

    @Test
    void refusesANegativeWorkspace() {
        Graph graph = HarmonicGraphs.hardnet39ds();
        assertThrows(HarDNetException.class, () -> Plan.of(graph, _ -> -1));
    }
}
