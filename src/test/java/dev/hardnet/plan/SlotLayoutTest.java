package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.Network;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.ElementType;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network's convolutions can read contiguous channel ranges, at the price of few bytes written twice. */
class SlotLayoutTest {
    /** A strip that joins early maps with late ones takes its full width all the time, and padding takes memory. */
    private static final Map<Network, Double> LARGER_ARENAS = Map.of(Network.CENTERNET_HARDNET_68, 1.22,
            Network.CENTERNET_HARDNET_85, 1.56, Network.FCHARDNET_70, 1.27);

    static Stream<Arguments> layouts() {
        return Network.all().stream().flatMap(network ->
                Stream.of(SlotRules.FLOAT32, SlotRules.FLOAT16).map(rules -> Arguments.of(network, rules)));
    }

    static List<Network> networksOfTheAuthors() {
        return List.of(Network.HARDNET_39DS, Network.HARDNET_68DS, Network.HARDNET_68, Network.HARDNET_85,
                Network.FCHARDNET_70, Network.CENTERNET_HARDNET_68, Network.CENTERNET_HARDNET_85,
                Network.SSD512_HARDNET_68, Network.SSD512_HARDNET_85);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("layouts")
    void everyConvolutionReadsOneRangeAndDuplicatesAreBelow7PercentOfTheCio(Network network, SlotRules rules) {
        Graph graph = graph(network);
        SlotLayout layout = SlotLayout.of(graph, rules);
        for (int step = 0; step < graph.operators().size(); step++) {
            for (View view : graph.operators().get(step).reads()) {
                int reader = step;
                view.segments().forEach(segment -> checkPlace(layout, segment, reader));
            }
            if (graph.operators().get(step) instanceof Weighted weighted) {
                checkRange(layout, weighted.reads().getFirst(), step);
            }
        }
        layout.strips().forEach(strip -> checkStrip(strip, rules));
        checkEveryMapHasAWholePlaceFirst(graph, layout);
        double cioBytes = (double) NetworkFigures.of(graph).cio() * rules.elementBytes();
        assertTrue(layout.duplicatedBytes() >= 0 && layout.duplicatedBytes() < 0.07 * cioBytes, layout::toString);
    }

    @ParameterizedTest
    @MethodSource("networksOfTheAuthors")
    void theArenaIsLittleLargerThanThatOfMapsOneByOne(Network network) {
        Graph graph = graph(network);
        long maps = Plan.of(graph).arenaBytes();
        double allowed = LARGER_ARENAS.getOrDefault(network, 1.12);
        for (SlotRules rules : List.of(SlotRules.FLOAT32, SlotRules.FLOAT16)) {
            Plan plan = Plan.of(SlotLayout.of(graph, rules), Workspaces.NONE);
            double ratio = (double) plan.arenaBytes() * Float.BYTES / rules.elementBytes() / maps;
            assertTrue(ratio < allowed, () -> "%s: %.3f".formatted(rules, ratio));
        }
    }

    @Test
    void aBlockOfFourNeedsOneLayerTwice() {
        Graph graph = block(4);
        long oneLayer = graph.maps().get(1).bytes();
        assertEquals(oneLayer, SlotLayout.of(graph, SlotRules.FLOAT32).duplicatedBytes());
        assertEquals(oneLayer / 2, SlotLayout.of(graph, SlotRules.FLOAT16).duplicatedBytes());
    }

    @Test
    void theSameGraphGivesTheSameLayout() {
        Graph graph = graph(Network.HARDNET_39DS);
        SlotLayout first = SlotLayout.of(graph, SlotRules.FLOAT32);
        assertEquals(first, SlotLayout.of(graph, SlotRules.FLOAT32));
        assertEquals(first.hashCode(), SlotLayout.of(graph, SlotRules.FLOAT32).hashCode());
        assertNotEquals(first, SlotLayout.of(graph, SlotRules.FLOAT16));
    }

    @Test
    void classesStayBytesWithoutPadding() {
        Graph graph = ArgMaxFusion.apply(Network.FCHARDNET_70.graph(1, 64, 96, 19));
        FeatureMap classes = graph.outputs().getFirst().maps().getFirst();
        Place place = SlotLayout.of(graph, SlotRules.FLOAT16).places(classes).getFirst();
        assertEquals(new Shape(1, 1, 64, 96), place.strip().shape());
        assertEquals(64 * 96, place.strip().bytes());
    }

    @Test
    void aMapThatIsNotLiveStandsNowhere() {
        Graph graph = block(4);
        SlotLayout layout = SlotLayout.of(graph, SlotRules.FLOAT32);
        Segment end = Segment.of(graph.outputs().getFirst().maps().getFirst());
        assertEquals("Channels 0 to 7 of end 1x8x4x4 stand nowhere at step 0.",
                assertThrows(HarDNetException.class, () -> layout.place(end, 0)).getMessage());
        FeatureMap foreign = new FeatureMap(0, "foreign", new Shape(1, 8, 4, 4));
        assertEquals("Feature map foreign 1x8x4x4 (id 0) is not one of the layout's graph.",
                assertThrows(HarDNetException.class, () -> layout.places(foreign)).getMessage());
    }

    @Test
    void channelsOfAMapStandWhereTheWholeMapDoes() {
        Graph graph = block(4);
        SlotLayout layout = SlotLayout.of(graph, SlotRules.FLOAT16);
        FeatureMap first = graph.maps().get(1);
        assertEquals(layout.places(first).getFirst(), layout.place(new Segment(first, 3, 2), 1));
        assertEquals(2, layout.places(first).size());
    }

    @Test
    void aPlaceBeginsAtItsChannelInEitherOrder() {
        Segment segment = Segment.of(new FeatureMap(1, "map", new Shape(2, 16, 7, 5)));
        Strip strip = new Strip(List.of(new Slot(segment, 0, 16, 0, 1), new Slot(segment, 16, 16, 0, 1)), 2);
        Place second = new Place(0, strip, strip.slots().getLast());
        assertEquals(16 * 7 * 5 * 2, second.byteOffset(ChannelOrder.FIRST));
        assertEquals(16 * 2, second.byteOffset(ChannelOrder.LAST));
        assertEquals(2 * 32 * 7 * 5 * 2, strip.bytes());
    }

    private static void checkPlace(SlotLayout layout, Segment segment, int step) {
        Slot slot = layout.place(segment, step).slot();
        assertTrue(slot.firstStep() <= step && step <= slot.lastStep() && slot.segment().map().equals(segment.map()));
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

    private static void checkStrip(Strip strip, SlotRules rules) {
        List<Slot> slots = strip.slots();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            boolean bytes = slot.segment().map().type() == ElementType.UINT8;
            assertEquals(bytes ? 1 : rules.elementBytes(), strip.elementBytes());
            assertEquals(0, slot.firstChannel() % (bytes ? 1 : rules.channelGranularity()));
            assertEquals(rules.paddedChannels(slot.segment()), slot.channels());
            for (int j = 0; j < i; j++) {
                assertFalse(slot.collidesWith(slots.get(j)), slot + " and " + slots.get(j));
            }
        }
    }

    private static void checkEveryMapHasAWholePlaceFirst(Graph graph, SlotLayout layout) {
        Lifetimes lifetimes = Lifetimes.of(graph);
        for (FeatureMap map : graph.maps()) {
            Slot slot = layout.places(map).getFirst().slot();
            assertEquals(Segment.of(map), slot.segment());
            assertEquals(lifetimes.first(map), slot.firstStep());
            assertTrue(slot.lastStep() >= lifetimes.last(map), map::name);
        }
        assertEquals(layout.strips().stream().mapToInt(strip -> strip.slots().size()).sum(),
                graph.maps().stream().mapToInt(map -> layout.places(map).size()).sum());
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
