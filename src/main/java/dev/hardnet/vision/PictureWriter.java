package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes PNG files that appear under their names only once they are complete. */
public final class PictureWriter {
    private PictureWriter() {
    }

    /**
     * Writes a picture as PNG. A picture with a palette keeps its samples and its palette.
     *
     * @param picture any size and type
     * @param file    the file, replaced when it exists; its name may be any
     * @throws HarDNetException when it cannot be written; an existing file then stays as it was
     */
    public static void write(BufferedImage picture, Path file) {
        AtomicFile.write(file, out -> encode(picture, out));
    }

    private static void encode(BufferedImage picture, OutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        // The usual stream would keep a second file of the same bytes.
        try (ImageOutputStream bytes = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(bytes);
            writer.write(new IIOImage(picture, null, null));
        } finally {
            writer.dispose();
        }
    }
}
