package dev.hardnet.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The ground truth that tests compare with. */
public final class SharedFiles {
    private SharedFiles() {
    }

    /** A file or folder of the shared folder, which must be there. */
    public static Path path(String first, String... more) {
        Path path = Path.of(System.getProperty("hardnet.shared", "../shared")).resolve(Path.of(first, more));
        if (!Files.exists(path)) {
            throw new AssertionError(path.toAbsolutePath().normalize() + " is missing; tests need the shared folder.");
        }
        return path;
    }
}
