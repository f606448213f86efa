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
    /** The smallest size that a network takes is used: odd, and not square. */
    private static final List<InputSize> SIZES = List.of(new InputSize(65, 97), new InputSize(161, 129));

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
        SessionOptions.Builder options = SessionOptions.builder().threads(2).size(size.height(), size.width());
        Tensor two;
        Map<String, Tensor> expected;
        try (Model model = Model.synthetic(network, 1)) {
            model.writeOnnx(file, options.build());
            try (Session session = open(model, options.batch(2))) {
                two = SyntheticWeights.inputTensor(session.inputShape(), 1);
                expected = session.run(two);
            }
        }
        try (OnnxRuntimeRun run = new OnnxRuntimeRun(file)) {
            assertEquals(List.copyOf(expected.keySet()), run.outputNames());
            compare(expected, run.run(two), 2);
            compare(expected, run.run(first(two)), 1);
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
    private static Session open(Model model, SessionOptions.Builder options) {
        try {
            return Session.open(model, options.device(Device.CPU).build());
        } catch (HarDNetException unsupported) {
            return Session.open(model, options.device(Device.REFERENCE).build());
        }
    }

    /** Compares as many pictures as were run with the first of those expected. */
    private static void compare(Map<String, Tensor> expected, Map<String, Tensor> found, int pictures) {
        expected.forEach((name, tensor) -> {
            int[] shape = tensor.shape();
            float[] elements = Arrays.copyOf(tensor.data(), tensor.data().length / shape[0] * pictures);
            shape[0] = pictures;
            assertArrayEquals(shape, found.get(name).shape(), name);
            Difference.assertWithin(TOLERANCE, elements, found.get(name).data());
        });
    }

    private static Tensor first(Tensor two) {
        float[] elements = Arrays.copyOf(two.data(), two.data().length / 2);
        return Tensor.of(elements, 1, two.size(1), two.size(2), two.size(3));
    }
}
