package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.AtomicFile;
import dev.hardnet.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A folder of unpacked libraries, each in a folder named after its content: two versions never meet, and processes that
 * start at the same time write the same bytes and agree by an atomic move.
 */
final class LibraryCache {
    private static final int PART_BYTES = 1 << 14;

    private final Path folder;

    LibraryCache(Path folder) {
        this.folder = folder;
    }

    /** Opens what is to be unpacked, from its start; it may be opened more than once. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    /** The unpacked file; written when it is absent or damaged. A library never stands in the heap as a whole. */
    Path unpack(String name, Content content) {
        Path target = folder;
        try {
            String digest = digest(content);
            target = folder.resolve(digest).resolve(name).toAbsolutePath();
            if (!holds(target, digest)) {
                Files.createDirectories(target.getParent());
                AtomicFile.write(target, file -> copy(content, file));
            }
            return target;
        } catch (IOException | HarDNetException failure) {
            throw new HarDNetException(("The native library could not be unpacked to %s (%s); make the folder "
                    + "writable or choose another with -Dhardnet.cache=FOLDER.").formatted(target, failure), failure);
        }
    }

    private static boolean holds(Path file, String digest) throws IOException {
        return Files.isRegularFile(file) && digest(() -> Files.newInputStream(file)).equals(digest);
    }

    private static void copy(Content content, OutputStream to) throws IOException {
        try (InputStream stream = content.open()) {
            stream.transferTo(to);
        }
    }

    private static String digest(Content content) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] part = new byte[PART_BYTES];
        try (InputStream stream = content.open()) {
            for (int count = stream.read(part); count >= 0; count = stream.read(part)) {
                digest.update(part, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 12);
    }
}
