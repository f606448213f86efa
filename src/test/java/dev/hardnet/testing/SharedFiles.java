package dev.hardnet.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The ground truth that tests read: the folder named by the system property {@code hardnet.shared}. */
public final class SharedFiles {
    private SharedFiles() {
    }

    /** Finds a file of the shared folder; a test must not pass because its file is missing. */
    public static Path path(String first, String... more) {
        Path file = Path.of(System.getProperty("hardnet.shared", "../shared")).resolve(Path.of(first, more));
        if (!Files.exists(file)) {
            throw new AssertionError("Missing " + file.toAbsolutePath() + "; set -Dhardnet.shared");
        }
        return file;
    }
}
