package dev.hardnet.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import dev.hardnet.Device;
import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Shape;
import dev.hardnet.testing.Difference;
import dev.hardnet.weights.SyntheticWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxNetworksTest {
    private static final double TOLERANCE = 1e-4;
    /** The first size that a network takes is used: odd, and not square. */
    private static final List<InputSize> SIZES = List.of(new InputSize(65, 97), new InputSize(129, 161),
            new InputSize(193, 225), new InputSize(257, 289));

    @TempDir
    private Path folder;

    static List<Network> networks() {
        return Network.all();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnxRuntimeGivesTheSameOutputsForOneAndTwoPictures(Network network) throws OrtException {
        InputSize size = size(network);
        Path file = folder.resolve(network + ".onnx");
        Tensor two = SyntheticWeights.inputTensor(new Shape(2, 3, size.height(), size.width()), 1);
        Tensor second = second(two);
        Map<String, Tensor> expected;
        try (Model model = Model.synthetic(network, 1)) {
            model.writeOnnx(file, SessionOptions.builder().size(size.height(), size.width()).build());
            try (Session session = open(model, size)) {
                expected = session.run(second);
            }
        }
        try (OnnxRuntimeRun run = new OnnxRuntimeRun(file)) {
            assertEquals(List.copyOf(expected.keySet()), run.outputNames());
            compare(expected, run.run(second));
            Map<String, Tensor> both = run.run(two);
            both.replaceAll((_, tensor) -> second(tensor));
            compare(expected, both);
        }
    }

    private static InputSize size(Network network) {
        return SIZES.stream().filter(size -> takes(network, size)).findFirst().orElse(network.publishedSize());
    }

    private static boolean takes(Network network, InputSize size) {
        try {
            network.graph(1, size.height(), size.width(), network.publishedClasses());
            return true;
        } catch (HarDNetException tooSmall) {
            return false;
        }
    }

    /** The reference runs what the native kernels do not. */
    private static Session open(Model model, InputSize size) {
        SessionOptions.Builder options = SessionOptions.builder().threads(2).size(size.height(), size.width());
        try {
            return Session.open(model, options.device(Device.CPU).build());
        } catch (HarDNetException unsupported) {
            return Session.open(model, options.device(Device.REFERENCE).build());
        }
    }

    private static void compare(Map<String, Tensor> expected, Map<String, Tensor> found) {
        expected.forEach((name, tensor) -> {
            assertArrayEquals(tensor.shape(), found.get(name).shape(), name);
            Difference.assertWithin(TOLERANCE, tensor.data(), found.get(name).data());
        });
    }

    /** The second of two pictures. */
    private static Tensor second(Tensor two) {
        int[] shape = two.shape();
        assertEquals(2, shape[0]);
        shape[0] = 1;
        return Tensor.of(Arrays.copyOfRange(two.data(), two.data().length / 2, two.data().length), shape);
    }
}
