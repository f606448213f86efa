package dev.hardnet.traffic.scalesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.Network;
import dev.hardnet.graph.Shape;
import dev.hardnet.traffic.ConvolutionSizes;
import dev.hardnet.traffic.GraphLayers;
import dev.hardnet.traffic.Layer;
import dev.hardnet.traffic.LayerGraph;
import dev.hardnet.traffic.LayerKind;
import dev.hardnet.traffic.LayerTensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopologyTest {
    static List<Network> networks() {
        return Network.all();
    }

    private static Topology single(String name, LayerKind kind, Shape from, Shape to, ConvolutionSizes sizes) {
        Layer layer = new Layer(name, kind, List.of(new LayerTensor("x", from)), new LayerTensor("y", to), 1, 1,
                Optional.of(sizes));
        return Topology.of(new LayerGraph("single", layer.reads(), List.of(layer), List.of(layer.writes()),
                List.of()));
    }

    private static String line(Topology topology, int line) {
        return topology.csv(TopologyFormat.V2).lines().toList().get(line);
    }

    @Test
    void inputsArePaddedAndLinearLayersAreOfOnePixel() {
        assertEquals("""
                Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,
                stem, 17, 21, 3, 3, 3, 8, 2,
                depthwise_DP, 10, 12, 3, 3, 8, 1, 1,
                point, 8, 10, 1, 1, 8, 40, 1,
                scores, 1, 1, 1, 1, 40, 10, 1,
                """, Topology.of(GraphLayers.of("small", SmallNetwork.graph())).csv(TopologyFormat.V2));
    }

    @Test
    void theThirdVersionHasAColumnForSparsity() {
        List<String> lines = Topology.of(GraphLayers.of("small", SmallNetwork.graph())).csv(TopologyFormat.V3).lines()
                .toList();
        assertEquals("Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, "
                + "Strides, Sparsity,", lines.getFirst());
        assertEquals("stem, 17, 21, 3, 3, 3, 8, 2, 1:1,", lines.get(1));
    }

    @Test
    void eachGroupIsALayer() {
        Topology topology = single("g", LayerKind.CONV, new Shape(1, 8, 5, 5), new Shape(1, 12, 5, 5),
                new ConvolutionSizes(3, 3, 1, 1, 1, 1, 1, 1, 1, 4));
        assertEquals("g_group3, 7, 7, 3, 3, 2, 3, 1,", line(topology, 4));
        assertEquals(4, topology.layers().getFirst().reportRows());
    }

    @Test
    void theTapsOfADilatedWindowMoveTogether() {
        assertEquals("d, 7, 7, 3, 3, 4, 6, 1,", line(single("d", LayerKind.CONV, new Shape(1, 4, 5, 5),
                new Shape(1, 6, 5, 5), new ConvolutionSizes(3, 3, 1, 1, 2, 2, 2, 2, 2, 1)), 1));
    }

    @Test
    void aNameHasNoCommasAndOnlyDepthwiseConvolutionsAreMarked() {
        assertEquals("A_Dp_b, 5, 5, 1, 1, 4, 6, 1,", line(single("A,DP b", LayerKind.CONV, new Shape(1, 4, 5, 5),
                new Shape(1, 6, 5, 5), new ConvolutionSizes(1, 1, 1, 1, 0, 0, 0, 0, 1, 1)), 1));
    }

    @Test
    void severalPicturesAreRefused() {
        assertEquals("The layer c computes 2 pictures at once; SCALE-Sim's layers are of one.",
                assertThrows(HarDNetException.class, () -> single("c", LayerKind.CONV, new Shape(2, 4, 5, 5),
                        new Shape(2, 6, 5, 5), new ConvolutionSizes(1, 1, 1, 1, 0, 0, 0, 0, 1, 1))).getMessage());
    }

    @Test
    void whatHasNoLineIsNamedOrRefusedWhereNothingIsLeft() {
        LayerTensor from = new LayerTensor("x", new Shape(1, 4, 6, 6));
        ConvolutionSizes uneven = new ConvolutionSizes(1, 1, 2, 1, 0, 0, 0, 0, 1, 1);
        LayerTensor to = new LayerTensor("y", new Shape(1, 4, 3, 6));
        Layer stride = new Layer("s", LayerKind.CONV, List.of(from), to, 72, 16, Optional.of(uneven));
        Layer up = new Layer("u", LayerKind.TRANSPOSED_CONV, List.of(from), to, 1, 1, Optional.of(uneven));
        Layer linear = new Layer("l", LayerKind.LINEAR, List.of(from), new LayerTensor("v", new Shape(1, 5, 1, 1)), 720,
                720, Optional.empty());
        assertEquals(List.of(new LeftOutLayer("s", "Its strides of 2 rows and 1 columns differ."),
                new LeftOutLayer("u", "It is a transposed convolution.")),
                Topology.of(new LayerGraph("n", List.of(from), List.of(stride, up, linear), List.of(), List.of()))
                        .leftOut());
        assertEquals("n has no convolution or linear layer to simulate.", assertThrows(HarDNetException.class,
                () -> Topology.of(new LayerGraph("n", List.of(from), List.of(up), List.of(), List.of())))
                .getMessage());
    }

    /** The simulator computes an output's size as ceil((ifmap - filter + stride) / stride). */
    @ParameterizedTest
    @MethodSource("networks")
    void theSimulatorFindsTheOutputsAndTheArithmeticOfEveryNetwork(Network network) {
        LayerGraph graph = GraphLayers.of(network.name(), network.graph(1, network.publishedSize().height(),
                network.publishedSize().width(), network.publishedClasses()));
        for (SimulatedLayer layer : Topology.of(graph).layers()) {
            long macs = layer.rows().stream().mapToLong(TopologyTest::simulatedMacs).sum();
            assertEquals(layer.layer().macs(), macs, layer.layer().name());
        }
    }

    private static long simulatedMacs(TopologyRow row) {
        long rows = Math.ceilDiv(row.ifmapHeight() - row.filterHeight() + row.stride(), row.stride());
        long columns = Math.ceilDiv(row.ifmapWidth() - row.filterWidth() + row.stride(), row.stride());
        return rows * columns * row.filterHeight() * row.filterWidth() * row.channels() * row.filters();
    }
}
