package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.testing.OpeningProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What opening a session takes of the Java heap: what is touched there once stays resident. */
class OpeningTest {
    @ParameterizedTest
    @CsvSource({"hardnet39ds, 9", "hardnet68, 9", "centernet_hardnet85, 11"})
    void aProcessOpensItsFirstSessionInAFewMebibytesOfHeap(String name, int mebibytes, @TempDir Path folder)
            throws Exception {
        Network network = Network.byName(name);
        Path weights = folder.resolve("weights.safetensors");
        try (Model model = Model.synthetic(network, 1)) {
            model.writeSafetensors(weights);
        }
        long bytes = OpeningProcess.allocatedBytes(network, weights);
        assertTrue(bytes < (long) mebibytes << 20, () -> name + " allocated " + bytes + " bytes");
    }
}
