package dev.hardnet.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.CaseFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTest {
    private static final BenchmarkCase CASE = new BenchmarkCase("hardnet68", 32, 32, 1, 1);
    /** More than one piece of the file is read. */
    private static final int ELEMENTS = 20_000;

    @TempDir
    private Path folder;
    private CaseFiles files;
    private final float[] found = new float[ELEMENTS];

    @BeforeEach
    void writeExpected() throws IOException {
        files = new CaseFiles(folder);
        ByteBuffer bytes = ByteBuffer.allocate(ELEMENTS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ELEMENTS; i++) {
            found[i] = i % 5 - 2;
            bytes.putFloat(found[i]);
        }
        Files.write(files.expected(CASE, "logits"), bytes.array());
    }

    @Test
    void equalOutputsAgree() throws IOException {
        assertEquals(Optional.empty(), difference());
    }

    @Test
    void aSmallDifferenceIsAllowed() throws IOException {
        found[ELEMENTS - 1] += 1.9e-3f;
        assertEquals(Optional.empty(), difference());
    }

    @Test
    void oneElementThatDiffersIsFound() throws IOException {
        found[ELEMENTS - 1] += 0.5f;
        assertEquals(Optional.of("output logits differs by 2.5e-01 of its largest magnitude; allowed is 1e-03"),
                difference());
    }

    @Test
    void notANumberNeverAgrees() throws IOException {
        found[0] = Float.NaN;
        assertEquals(Optional.of("output logits differs by NaN of its largest magnitude; allowed is 1e-03"),
                difference());
    }

    @Test
    void anotherNumberOfElementsIsFound() throws IOException {
        assertEquals(Optional.of("output logits has 3 elements; expected 20000"),
                new Agreement(files).difference(CASE, Map.of("logits", FloatBuffer.allocate(3))));
    }

    private Optional<String> difference() throws IOException {
        return new Agreement(files).difference(CASE, Map.of("logits", FloatBuffer.wrap(found)));
    }
}
