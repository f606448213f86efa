package dev.hardnet.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the ground truth lies: the folder of the system property {@code hardnet.shared}, by default ../shared. */
public final class SharedFiles {
    private SharedFiles() {
    }

    /**
     * A file or folder of the ground truth.
     *
     * @param first the first part of its path below the shared folder
     * @param more  the further parts
     * @return its path
     * @throws IllegalStateException when it is absent: a test that needs it must fail, not skip
     */
    public static Path path(String first, String... more) {
        Path path = Path.of(System.getProperty("hardnet.shared", "../shared")).resolve(Path.of(first, more));
        if (!Files.exists(path)) {
            throw new IllegalStateException("The tests need " + path.toAbsolutePath().normalize()
                    + "; point -Dhardnet.shared at the folder that holds it.");
        }
        return path;
    }
}
