package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.AtomicFile;
import dev.hardnet.io.Sha256;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Engines in the cache folder, one file each: compressed, the key as text, then what cuDNN wrote. A file that is
 * damaged or another key's is removed and counts as absent; one that cannot be written is a warning.
 */
final class EngineFiles {
    /** Ten times what cuDNN writes of an engine with its kernels. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path folder;
    private final String device;

    /**
     * Names a folder.
     *
     * @param folder where the files are; made when the first one is written
     * @param device what engines depend on besides the problem: GPU, cuDNN
     */
    EngineFiles(Path folder, String device) {
        this.folder = folder;
        this.device = device;
    }

    Optional<byte[]> read(EngineStore.Key key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            boolean same = new String(block(in), StandardCharsets.UTF_8).equals(text(key));
            byte[] content = block(in);
            // Only after the last byte has the checksum been compared.
            if (same && in.read() < 0) {
                return Optional.of(content);
            }
        } catch (IOException damaged) {
            System.getLogger("dev.hardnet").log(System.Logger.Level.DEBUG, "{0} is damaged ({1})", file, damaged);
        }
        remove(key);
        return Optional.empty();
    }

    private static byte[] block(DataInputStream in) throws IOException {
        int bytes = in.readInt();
        if (bytes < 0 || bytes > MOST_BYTES) {
            throw new IOException("%d bytes, expected at most %d".formatted(bytes, MOST_BYTES));
        }
        byte[] content = new byte[bytes];
        in.readFully(content);
        return content;
    }

    void write(EngineStore.Key key, byte[] content) {
        Path file = file(key);
        if (content.length > MOST_BYTES || Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            AtomicFile.write(file, to -> writeBlocks(to, text(key).getBytes(StandardCharsets.UTF_8), content));
        } catch (IOException | HarDNetException failure) {
            warn(file, failure);
        }
    }

    private static void writeBlocks(OutputStream to, byte[]... blocks) throws IOException {
        GZIPOutputStream compressed = new GZIPOutputStream(to);
        DataOutputStream out = new DataOutputStream(compressed);
        for (byte[] block : blocks) {
            out.writeInt(block.length);
            out.write(block);
        }
        out.flush();
        compressed.finish();
    }

    /** For what turned out to be of no use. */
    void remove(EngineStore.Key key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException failure) {
            warn(file(key), failure);
        }
    }

    private static void warn(Path file, Exception failure) {
        System.getLogger("dev.hardnet").log(System.Logger.Level.WARNING,
                "A built convolution could not be kept for later: {0} ({1})", file,
                failure.toString().lines().findFirst().orElseThrow());
    }

    private Path file(EngineStore.Key key) {
        return folder.resolve(HexFormat.of().formatHex(digest(key), 0, 16) + ".gz");
    }

    private String text(EngineStore.Key key) {
        return "%s, engine %d of %s".formatted(device, key.rank(), key.problem());
    }

    private byte[] digest(EngineStore.Key key) {
        return Sha256.digest().digest(text(key).getBytes(StandardCharsets.UTF_8));
    }
}
