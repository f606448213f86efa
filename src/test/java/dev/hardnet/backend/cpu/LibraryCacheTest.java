package dev.hardnet.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryCacheTest {
    private static final byte[] CONTENT = "a library".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private static LibraryCache.Content of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    @Test
    void unpacksOnceAndKeepsTheFile() throws IOException {
        Path file = new LibraryCache(folder).unpack("lib.so", of(CONTENT));
        FileTime written = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(file, written);
        assertEquals(file, new LibraryCache(folder).unpack("lib.so", of(CONTENT)));
        assertEquals(written, Files.getLastModifiedTime(file));
    }

    @Test
    void anotherContentGetsAnotherFolder() {
        LibraryCache cache = new LibraryCache(folder);
        assertNotEquals(cache.unpack("lib.so", of(CONTENT)), cache.unpack("lib.so", of(new byte[] {1})));
    }

    @Test
    void aDamagedFileIsReplaced() throws IOException {
        Path file = new LibraryCache(folder).unpack("lib.so", of(CONTENT));
        Files.write(file, new byte[] {1, 2, 3});
        new LibraryCache(folder).unpack("lib.so", of(CONTENT));
        assertArrayEquals(CONTENT, Files.readAllBytes(file));
    }

    @Test
    void aFileOfTheSameLengthThatIsDamagedIsReplaced() throws IOException {
        Path file = new LibraryCache(folder).unpack("lib.so", of(CONTENT));
        Files.write(file, new byte[CONTENT.length]);
        new LibraryCache(folder).unpack("lib.so", of(CONTENT));
        assertArrayEquals(CONTENT, Files.readAllBytes(file));
    }

    @Test
    void manyAtOnceAgreeAndLeaveNothingElse() throws Exception {
        byte[] large = new byte[4_000_000];
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<Path>> files = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                files.add(pool.submit(() -> new LibraryCache(folder).unpack("lib.so", of(large))));
            }
            for (Future<Path> file : files) {
                assertArrayEquals(large, Files.readAllBytes(file.get()));
            }
        }
        try (Stream<Path> left = Files.walk(folder)) {
            assertEquals(1, left.filter(Files::isRegularFile).count());
        }
    }

    @Test
    void processesThatStartTogetherAgree() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "-Dhardnet.cache=" + folder, "-Dhardnet.strict=true",
                    "-cp", System.getProperty("java.class.path"), "dev.hardnet.cli.Main", "doctor")
                    .redirectErrorStream(true).start());
        }
        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
            assertTrue(output.contains(folder.toString()), output);
        }
        try (Stream<Path> left = Files.walk(folder)) {
            assertEquals(List.of("libhardnet.so"), left.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsOneSentence() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        HarDNetException refusal = assertThrows(HarDNetException.class,
                () -> new LibraryCache(file).unpack("lib.so", of(CONTENT)));
        assertTrue(refusal.getMessage().startsWith("The native library could not be unpacked to " + file),
                refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("choose another with -Dhardnet.cache=FOLDER."), refusal.getMessage());
    }
}
