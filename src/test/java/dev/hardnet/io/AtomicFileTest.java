package dev.hardnet.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void replacesAFileWhenAllIsWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        AtomicFile.write(file, out -> {
            out.write('n');
            assertEquals("old", Files.readString(file));
            out.write('w');
        });
        assertEquals("nw", Files.readString(file));
        assertEquals(List.of(file), entries());
    }

    @Test
    void leavesTheOldFileAndNothingElseWhenWritingFails() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, out -> {
            out.write('n');
            throw new IllegalStateException("the source went away");
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), entries());
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
