package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Precision;
import dev.hardnet.backend.cuda.KernelParams.Limits;
import dev.hardnet.graph.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written for an engine is read for that engine on that device only, and never when it is damaged. */
class EngineFilesTest {
    private static final EngineStore.Key KEY = new EngineStore.Key(problem(8), 3);

    @TempDir
    private Path folder;
    private Path engines;
    private EngineFiles files;
    private byte[] content;

    @BeforeEach
    void write() {
        engines = folder.resolve("engines");
        files = new EngineFiles(engines, "a GPU, cuDNN 9");
        content = new byte[5000];
        new Random(1).nextBytes(content);
        files.write(KEY, content);
    }

    @Test
    void whatWasWrittenIsRead() {
        assertArrayEquals(content, files.read(KEY).orElseThrow());
        assertArrayEquals(content, new EngineFiles(engines, "a GPU, cuDNN 9").read(KEY).orElseThrow());
    }

    @Test
    void otherEnginesProblemsAndDevicesHaveNone() {
        assertEquals(Optional.empty(), files.read(new EngineStore.Key(problem(8), 2)));
        assertEquals(Optional.empty(), files.read(new EngineStore.Key(problem(16), 3)));
        assertEquals(Optional.empty(), new EngineFiles(engines, "a GPU, cuDNN 10").read(KEY));
    }

    @Test
    void aFileUnderAnotherKeysNameCountsAsAbsent() throws IOException {
        Path file = onlyFile();
        EngineStore.Key other = new EngineStore.Key(problem(16), 0);
        files.write(other, new byte[10]);
        Path second = all().stream().filter(path -> !path.equals(file)).findFirst().orElseThrow();
        Files.copy(second, file, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Optional.empty(), files.read(KEY));
    }

    @Test
    void noDamagedFileIsTakenForAnEngine() throws IOException {
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 10; at < whole.length; at += 97) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            files.read(KEY).ifPresent(read -> assertArrayEquals(content, read));
            Files.write(file, Arrays.copyOf(whole, at));
            assertEquals(Optional.empty(), files.read(KEY), "cut after " + at);
        }
    }

    @Test
    void aRemovedEngineIsGoneAndMayBeWrittenAgain() throws IOException {
        files.remove(KEY);
        assertEquals(List.of(), all());
        files.remove(KEY);
        files.write(KEY, content);
        assertArrayEquals(content, files.read(KEY).orElseThrow());
    }

    @Test
    void aFolderThatCannotBeMadeStopsNobody() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        EngineFiles none = new EngineFiles(taken, "a GPU");
        none.write(KEY, content);
        assertEquals(Optional.empty(), none.read(KEY));
        assertEquals(0, Files.size(taken));
    }

    private Path onlyFile() throws IOException {
        assertEquals(1, all().size());
        return all().getFirst();
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> found = Files.list(engines)) {
            List<Path> paths = found.toList();
            paths.forEach(path -> assertTrue(path.toString().endsWith(".gz"), path.toString()));
            return paths;
        }
    }

    private static ConvolutionProblem problem(int channels) {
        TensorLayout layout = new TensorLayout(1, channels, 4, 4, 16L * channels, 16, 4, 1, 16);
        return new ConvolutionProblem(Precision.FLOAT32, layout, layout, Window.same(3), Limits.NONE, channels,
                channels, 1);
    }
}
