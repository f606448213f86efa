package dev.hardnet.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.hardnet.InputSize;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Shape;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.OddSize;
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

    @TempDir
    private Path folder;

    static List<Network> networks() {
        return Network.all();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnxRuntimeGivesTheSameOutputsForOneAndTwoPictures(Network network) throws OrtException {
        InputSize size = OddSize.of(network);
        Path file = folder.resolve(network + ".onnx");
        Tensor two = SyntheticWeights.inputTensor(new Shape(2, 3, size.height(), size.width()), 1);
        Tensor second = second(two);
        Map<String, Tensor> expected;
        SessionOptions options = SessionOptions.builder().threads(2).size(size.height(), size.width()).build();
        try (Model model = Model.synthetic(network, 1); Session session = Session.open(model, options)) {
            model.writeOnnx(file, options);
            expected = session.run(second);
        }
        // As written: to rewrite large networks takes ONNX Runtime longer than all the rest.
        try (OnnxRuntimeRun run = new OnnxRuntimeRun(file, OptLevel.NO_OPT)) {
            assertEquals(List.copyOf(expected.keySet()), run.outputNames());
            compare(expected, run.run(second));
            Map<String, Tensor> both = run.run(two);
            both.replaceAll((_, tensor) -> second(tensor));
            compare(expected, both);
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
