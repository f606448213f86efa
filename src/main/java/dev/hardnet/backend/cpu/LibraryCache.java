package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A folder of unpacked libraries, each in a folder named after its content: two versions never meet, and processes that
 * start at the same time write the same bytes and agree by an atomic move.
 */
final class LibraryCache {
    private final Path folder;

    LibraryCache(Path folder) {
        this.folder = folder;
    }

    /** The unpacked file; written when it is absent or damaged. */
    Path unpack(String name, byte[] content) {
        Path target = folder.resolve(digest(content)).resolve(name).toAbsolutePath();
        try {
            if (!holds(target, content)) {
                Files.createDirectories(target.getParent());
                AtomicFile.write(target, file -> file.write(content));
            }
            return target;
        } catch (IOException | HarDNetException failure) {
            throw new HarDNetException(("The native library could not be unpacked to %s (%s); make the folder writable or "
                    + "choose another with -Dhardnet.cache=FOLDER.").formatted(target, failure), failure);
        }
    }

    private static boolean holds(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
