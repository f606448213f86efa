package dev.hardnet.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.GraphBuilder.NormSlice;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphLayersTest {
    static Stream<Network> networks() {
        return Network.all().stream();
    }

    static Graph graph(Network network) {
        InputSize size = network.publishedSize();
        return network.graph(1, size.height(), size.width(), network.publishedClasses());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void layersHaveTheFiguresOfTheGraph(Network network) {
        Graph graph = graph(network);
        List<Layer> layers = GraphLayers.of(network.name(), graph).layers();
        assertEquals(NetworkFigures.of(graph), new NetworkFigures(layers.stream().mapToLong(Layer::weights).sum(),
                layers.stream().mapToLong(Layer::macs).sum(), layers.stream().mapToLong(LayerTraffic::cio).sum()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void namesAreUniqueAndEveryLayerReadsWhatWasWrittenBefore(Network network) {
        LayerGraph layers = GraphLayers.of(network.name(), graph(network));
        Set<LayerTensor> written = new HashSet<>(layers.inputs());
        for (Layer layer : layers.layers()) {
            assertEquals(List.of(), layer.reads().stream().filter(read -> !written.contains(read)).toList(),
                    layer.name());
            written.add(layer.writes());
        }
        assertEquals(layers.layers().size(), layers.layers().stream().map(Layer::name).distinct().count());
        assertEquals(layers.layers().size() + 1, written.size());
        assertEquals(List.of(), layers.outputs().stream().filter(output -> !written.contains(output)).toList());
    }

    @Test
    void aConvolutionItsNormAndItsActivationAreThreeLayers() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 8, 8));
        graph.output("y", graph.conv("conv", graph.input(), 4, 3, 2, Activation.RELU6,
                Parameters.normalized("conv.weight", "norm")));
        assertEquals(List.of("CONV conv [input] 1x4x4x4 108", "BATCH_NORM norm [conv] 1x4x4x4 8",
                "ACTIVATION conv.relu6 [norm] 1x4x4x4 0"), text(graph.build()));
    }

    @Test
    void aViewThatTwoOperatorsReadIsConcatenatedOnce() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 8, 8));
        View left = conv(graph, "left", graph.input());
        View joined = View.concat(List.of(graph.input(), left.slice(0, 2)));
        graph.output("x", conv(graph, "x", joined));
        graph.output("y", graph.pool("y", Pool.Type.MAX, joined, 2, 2, 0, false));
        assertEquals(List.of("CONV left [input] 1x4x8x8 12", "SLICE left[0:2] [left] 1x2x8x8 0",
                "CONCAT x.concat [input, left[0:2]] 1x5x8x8 0", "CONV x [x.concat] 1x4x8x8 20",
                "POOL y [x.concat] 1x5x4x4 0"), text(graph.build()));
    }

    @Test
    void aNormThatIsAppliedToPartsIsOneNormOverTheirConcatenation() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 8, 8));
        View left = conv(graph, "left", graph.input());
        View first = graph.batchNormRelu("a", left, List.of(new NormSlice("norm", 0, 7))).getFirst();
        View second = graph.batchNormRelu("b", graph.input(), List.of(new NormSlice("norm", 4, 7))).getFirst();
        graph.output("y", conv(graph, "y", View.concat(List.of(first, second))));
        assertEquals(List.of("CONV left [input] 1x4x8x8 12", "CONCAT norm.concat [left, input] 1x7x8x8 0",
                "BATCH_NORM norm [norm.concat] 1x7x8x8 14", "ACTIVATION norm.relu [norm] 1x7x8x8 0",
                "CONV y [norm.relu] 1x4x8x8 28"), text(graph.build()));
    }

    private static View conv(GraphBuilder graph, String name, View from) {
        return graph.conv(name, from, 4, 1, 1, Activation.NONE, Parameters.weightOnly(name + ".weight"));
    }

    private static List<String> text(Graph graph) {
        return GraphLayers.of("test", graph).layers().stream().map(layer -> "%s %s %s %s %d".formatted(layer.kind(),
                layer.name(), layer.reads().stream().map(LayerTensor::name).toList(), layer.writes().shape(),
                layer.weights())).toList();
    }
}
