package dev.hardnet.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the tests find the ground truth. */
public final class SharedFiles {
    private SharedFiles() {
    }

    /** A file or folder below the shared folder; the test fails when it is absent. */
    public static Path path(String first, String... more) {
        Path path = Path.of(System.getProperty("hardnet.shared", "../shared")).resolve(Path.of(first, more));
        assertTrue(Files.exists(path), () -> "The ground truth " + path.toAbsolutePath() + " is missing.");
        return path;
    }
}
