package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * A folder of unpacked libraries, each in a folder named after its checksum and length, so that versions stand beside
 * each other; processes that start at the same time write the same bytes and agree by an atomic move.
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
            target = folder.resolve(checksum(content)).resolve(name).toAbsolutePath();
            if (!holds(target, content)) {
                Files.createDirectories(target.getParent());
                AtomicFile.write(target, file -> copy(content, file));
            }
            return target;
        } catch (IOException | HarDNetException failure) {
            throw new HarDNetException(("The native library could not be unpacked to %s (%s); make the folder "
                    + "writable or choose another with -Dhardnet.cache=FOLDER.").formatted(target, failure), failure);
        }
    }

    private static boolean holds(Path file, Content content) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        byte[] part = new byte[PART_BYTES];
        byte[] other = new byte[PART_BYTES];
        try (InputStream kept = Files.newInputStream(file); InputStream wanted = content.open()) {
            int count = part.length;
            while (count == part.length) {
                count = kept.readNBytes(part, 0, part.length);
                int wantedCount = wanted.readNBytes(other, 0, other.length);
                if (!Arrays.equals(part, 0, count, other, 0, wantedCount)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void copy(Content content, OutputStream to) throws IOException {
        try (InputStream stream = content.open()) {
            stream.transferTo(to);
        }
    }

    /** CRC-32, whose class reading the jar has loaded anyway, and length; files are compared byte by byte. */
    private static String checksum(Content content) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] part = new byte[PART_BYTES];
        int length = 0;
        try (InputStream stream = content.open()) {
            for (int count = stream.read(part); count >= 0; count = stream.read(part)) {
                checksum.update(part, 0, count);
                length += count;
            }
        }
        return HexFormat.of().toHexDigits(checksum.getValue() << Integer.SIZE | length);
    }
}
