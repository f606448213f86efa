package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.testing.SharedFiles;
import dev.hardnet.weights.SafetensorsWriter;
import dev.hardnet.weights.SyntheticWeights;
import dev.hardnet.weights.WeightSource;
import dev.hardnet.weights.WeightStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTest {
    @TempDir
    private Path folder;

    static List<Network> networks() {
        return Network.all();
    }

    @Test
    void loadsTheAuthorsSegmentationCheckpoint() {
        Path file = SharedFiles.path("reference", "checkpoints", "fchardnet70_seed1_legacy_dataparallel.pkl");
        try (Model loaded = Model.load(Network.FCHARDNET_70, file);
                Model synthetic = Model.synthetic(Network.FCHARDNET_70, 1)) {
            assertEquals(19, loaded.classes());
            WeightStore expected = synthetic.retainWeights();
            WeightStore found = loaded.retainWeights();
            for (String key : expected.source().keys()) {
                assertArrayEquals(expected.source().read(key), found.source().read(key), key);
            }
            expected.release();
            found.release();
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void takesTheClassCountFromTheHeadOfFineTunedWeights(Network network) {
        for (int classes : new int[] {1, 7, network.publishedClasses() + 1}) {
            assertEquals(classes, network.classes(weights(network, classes)));
        }
    }

    @Test
    void loadsAFineTunedDetector() {
        Path file = folder.resolve("vehicles.safetensors");
        SafetensorsWriter.write(file, Map.of(), weights(Network.CENTERNET_HARDNET_68, 3));
        try (Model model = Model.load(Network.CENTERNET_HARDNET_68, file)) {
            assertEquals(3, model.classes());
        }
    }

    @Test
    void refusesAHeadWithoutAWholeNumberOfOutputsPerClass() {
        WeightSource weights =
                new SyntheticWeights(List.of(new ParameterSpec("conf.0.weight", List.of(20, 320, 3, 3))), 1);
        assertEquals("synthetic:1: the tensor conf.0.weight has 20 outputs, but expected is a multiple of 6.",
                assertThrows(HarDNetException.class, () -> Network.SSD300_HARDNET_68.classes(weights)).getMessage());
    }

    private static WeightSource weights(Network network, int classes) {
        return new SyntheticWeights(network.graph(1, 512, 512, classes).parameters(), 1);
    }
}
