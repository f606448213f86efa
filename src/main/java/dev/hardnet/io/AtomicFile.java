package dev.hardnet.io;

import dev.hardnet.HarDNetException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files that appear under their names only once they are complete, whoever else writes them too. */
public final class AtomicFile {
    private AtomicFile() {
    }

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param file the file, open for writing and empty
         * @throws IOException when it cannot be written
         */
        void writeTo(OutputStream file) throws IOException;
    }

    /**
     * Writes a file under another name beside its place, then moves it there. When this fails, nothing is left behind
     * and an existing file stays as it was.
     *
     * @param target  the file, replaced when it exists
     * @param content what it will hold
     * @throws HarDNetException when it cannot be written
     */
    public static void write(Path target, Content content) {
        Path file = target.toAbsolutePath();
        if (!Files.isDirectory(file.getParent())) {
            throw new HarDNetException("%s cannot be written: there is no folder %s.".formatted(target,
                    file.getParent()));
        }
        try {
            replace(file, content);
        } catch (IOException failure) {
            throw new HarDNetException("%s cannot be written (%s).".formatted(target, failure), failure);
        }
    }

    private static void replace(Path file, Content content) throws IOException {
        Path unfinished = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
