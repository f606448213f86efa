package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Device;
import dev.hardnet.InputSize;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Precision;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Shape;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.OddSize;
import dev.hardnet.weights.SyntheticWeights;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The networks of the catalogue, for two pictures of an odd size; over the stand-in libraries, as
 * {@link CudaGoldenTest} says.
 */
@Tag("cuda")
class CudaNetworksTest {
    /** The largest would take a processor minutes. */
    private static final long MOST_MACS = 10_000_000_000L;
    private static final long MOST_HALF_MACS = 3_000_000_000L;
    /** A hundred layers round to 11 bits. */
    private static final double HALF_TOLERANCE = 5e-2;
    /** With synthetic weights the maps of these grow beyond what float16 holds. */
    private static final Set<Network> OVERFLOWING = Set.of(Network.RESNET_101, Network.RESNET_152);

    @BeforeAll
    static void load() {
        StandinLibraries.load();
    }

    @AfterEach
    void leavesNothing() {
        assertEquals("", StandinLibraries.liveText());
    }

    static List<Network> networks() {
        return Network.all().stream().filter(network -> macs(network) < MOST_MACS).toList();
    }

    static List<Network> smallNetworks() {
        return networks().stream().filter(network -> macs(network) < MOST_HALF_MACS && !OVERFLOWING.contains(network))
                .toList();
    }

    private static long macs(Network network) {
        InputSize size = OddSize.of(network);
        return network.graph(2, size.height(), size.width(), network.publishedClasses()).macs();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void givesWhatTheProcessorGives(Network network) {
        try (Model model = Model.synthetic(network, 5)) {
            compare(run(model, Device.CPU, Precision.FLOAT32), run(model, Device.cuda(0), Precision.FLOAT32), 2e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("smallNetworks")
    void givesAboutTheSameInHalfPrecision(Network network) {
        try (Model model = Model.synthetic(network, 5)) {
            compare(run(model, Device.CPU, Precision.FLOAT32), run(model, Device.cuda(0), Precision.FLOAT16), HALF_TOLERANCE);
        }
    }

    private static Map<String, Tensor> run(Model model, Device device, Precision precision) {
        InputSize size = OddSize.of(model.network());
        SessionOptions options = SessionOptions.builder().device(device).precision(precision).batch(2)
                .size(size.height(), size.width()).build();
        try (Session session = Session.open(model, options)) {
            return session.run(SyntheticWeights.inputTensor(new Shape(2, 3, size.height(), size.width()), 6));
        }
    }

    private static void compare(Map<String, Tensor> expected, Map<String, Tensor> found, double tolerance) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, tensor) -> {
            assertArrayEquals(tensor.shape(), found.get(name).shape(), name);
            Difference.assertWithin(tolerance, tensor.data(), found.get(name).data());
        });
    }
}
