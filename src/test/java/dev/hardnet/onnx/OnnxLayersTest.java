package dev.hardnet.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.InputSize;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Weighted;
import dev.hardnet.testing.OddSize;
import dev.hardnet.traffic.Layer;
import dev.hardnet.traffic.LayerGraph;
import dev.hardnet.traffic.LayerKind;
import dev.hardnet.traffic.NetworkFigures;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network of ours, exported and read back. */
class OnnxLayersTest {
    private static final Set<LayerKind> WEIGHTED = EnumSet.of(LayerKind.CONV, LayerKind.DEPTHWISE_CONV,
            LayerKind.TRANSPOSED_CONV, LayerKind.LINEAR);

    @TempDir
    private Path folder;

    static List<Network> networks() {
        return Network.all();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void anExportedNetworkHasTheSameFigures(Network network) {
        InputSize size = OddSize.of(network);
        SessionOptions options = SessionOptions.builder().size(size.height(), size.width()).build();
        Path file = folder.resolve(network + ".onnx");
        Graph graph;
        try (Model model = Model.synthetic(network, 1)) {
            model.writeOnnx(file, options);
            graph = network.graph(1, size.height(), size.width(), network.publishedClasses());
        }
        LayerGraph layers = OnnxLayers.read(file, null);
        assertEquals(List.of(), layers.unsupported());
        assertEquals(graph.macs(), layers.layers().stream().mapToLong(Layer::macs).sum());
        assertEquals(NetworkFigures.of(graph).cio(), layers.layers().stream()
                .filter(layer -> layer.convolution().isPresent())
                .mapToLong(layer -> layer.reads().getFirst().elements() + layer.writes().elements()).sum());
        assertEquals(foldedWeights(graph), layers.layers().stream().filter(layer -> WEIGHTED.contains(layer.kind()))
                .mapToLong(Layer::weights).sum());
        assertEquals(graph.outputs().size(), layers.outputs().size());
    }

    /** Batch norms are folded in an export: each weight has one bias for each output, and nothing else. */
    private static long foldedWeights(Graph graph) {
        return graph.operators().stream().filter(Weighted.class::isInstance).map(Weighted.class::cast)
                .mapToLong(operator -> operator.weightShape().stream().mapToLong(Integer::longValue)
                        .reduce(1, Math::multiplyExact) + operator.weightShape().get(operator.outputDimension())).sum();
    }
}
