package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Network;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import dev.hardnet.traffic.NetworkFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network's convolutions can read contiguous channel ranges, at the price of few bytes written twice. */
class SlotLayoutTest {
    static List<Network> networks() {
        return Network.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void everyConvolutionReadsOneRangeAndDuplicatesAreBelow7PercentOfTheCio(Network network) {
        Graph graph = graph(network);
        SlotLayout layout = SlotLayout.of(graph, SlotRules.FLOAT32);
        for (int step = 0; step < graph.operators().size(); step++) {
            if (graph.operators().get(step) instanceof Weighted weighted) {
                checkRange(layout, weighted.reads().getFirst(), step);
            }
        }
        layout.strips().forEach(SlotLayoutTest::checkStrip);
        checkEveryMapHasAWholePlace(graph, layout);
        double cioBytes = (double) NetworkFigures.of(graph).cio() * Float.BYTES;
        assertTrue(layout.duplicatedBytes() >= 0 && layout.duplicatedBytes() < 0.07 * cioBytes, layout::toString);
    }

    @Test
    void aBlockOfFourNeedsOneLayerTwice() {
        Graph graph = block(4);
        long oneLayer = graph.maps().get(1).bytes();
        assertEquals(oneLayer, SlotLayout.of(graph, SlotRules.FLOAT32).duplicatedBytes());
    }

    @Test
    void theSameGraphGivesTheSameLayout() {
        Graph graph = graph(Network.HARDNET_39DS);
        assertEquals(SlotLayout.of(graph, SlotRules.FLOAT32), SlotLayout.of(graph, SlotRules.FLOAT32));
    }

    /** A view of several segments is a row of slots in one strip; of one segment, any place of its map will do. */
    private static void checkRange(SlotLayout layout, View view, int step) {
        if (view.segments().size() == 1) {
            return;
        }
        List<Slot> row = layout.range(view, step).stream().map(Place::slot).toList();
        assertEquals(Set.copyOf(view.segments()), row.stream().map(Slot::segment).collect(Collectors.toSet()));
        for (int i = 1; i < row.size(); i++) {
            assertEquals(row.get(i - 1).endChannel(), row.get(i).firstChannel());
        }
    }

    private static void checkStrip(Strip strip) {
        List<Slot> slots = strip.slots();
        for (int i = 0; i < slots.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertFalse(slots.get(i).collidesWith(slots.get(j)), slots.get(i) + " and " + slots.get(j));
            }
        }
    }

    private static void checkEveryMapHasAWholePlace(Graph graph, SlotLayout layout) {
        Lifetimes lifetimes = Lifetimes.of(graph);
        for (FeatureMap map : graph.maps()) {
            assertTrue(layout.strips().stream().flatMap(strip -> strip.slots().stream())
                    .anyMatch(slot -> slot.segment().equals(Segment.of(map))
                            && slot.firstStep() == lifetimes.first(map) && slot.lastStep() >= lifetimes.last(map)),
                    map::name);
        }
    }

    /** A harmonic block: layer i reads i - 2^k for every 2^k that divides it; the end reads the odd ones. */
    private static Graph block(int layers) {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 8, 4, 4));
        List<View> outputs = new ArrayList<>(List.of(builder.input()));
        for (int layer = 1; layer <= layers; layer++) {
            List<View> links = new ArrayList<>();
            for (int step = 1; step <= layer && layer % step == 0; step *= 2) {
                links.add(outputs.get(layer - step));
            }
            outputs.add(conv(builder, "layer" + layer, View.concat(links)));
        }
        List<View> kept = IntStream.rangeClosed(1, layers).filter(layer -> layer % 2 == 1 || layer == layers)
                .mapToObj(outputs::get).toList();
        builder.output("out", conv(builder, "end", View.concat(kept)));
        return builder.build();
    }

    private static View conv(GraphBuilder builder, String name, View from) {
        return builder.conv(name, from, 8, 3, 1, Activation.RELU, Parameters.weightOnly(name + ".weight"));
    }

    private static Graph graph(Network network) {
        return network.graph(1, network.publishedSize().height(), network.publishedSize().width(),
                network.publishedClasses());
    }
}
