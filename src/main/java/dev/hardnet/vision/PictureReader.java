package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads JPEG, PNG, GIF and BMP files into upright RGB pictures, with the sample values that Pillow's
 * {@code ImageOps.exif_transpose(Image.open(file)).convert("RGB")} gives: transparency is dropped, colour profiles are
 * ignored, the EXIF orientation is obeyed, of several frames the first counts. The one exception: 16-bit grey keeps its
 * upper byte, where Pillow cuts everything above 255.
 *
 * <p>A file is refused before its samples are decoded when its header claims too many pixels. A file that is damaged or
 * ends early is refused, too.
 *
 * @param maxPixels pixels (width * height) that a file may claim to have, at least 1
 */
public record PictureReader(long maxPixels) {
    /** Pixels allowed unless told otherwise: 89,478,485, the number from which on Pillow suspects an attack. */
    public static final long DEFAULT_MAX_PIXELS = 89_478_485;

    /** Larger than any picture file in good faith: 1 GiB. */
    private static final int MAX_BYTES = 1 << 30;

    /** A reader that allows {@link #DEFAULT_MAX_PIXELS}. */
    public PictureReader() {
        this(DEFAULT_MAX_PIXELS);
    }

    /**
     * Checks the limit.
     *
     * @throws HarDNetException when it is below 1
     */
    public PictureReader {
        if (maxPixels < 1) {
            throw new HarDNetException("A limit of %d pixels admits no picture: it must be at least 1."
                    .formatted(maxPixels));
        }
    }

    /**
     * Reads a file.
     *
     * @param file a JPEG, PNG, GIF or BMP file; what it is, its first bytes say, not its name
     * @return the picture, of type {@link BufferedImage#TYPE_3BYTE_BGR}
     * @throws HarDNetException when it is missing, is no such file, is damaged or has too many pixels
     */
    public BufferedImage read(Path file) {
        if (Files.isDirectory(file)) {
            throw new HarDNetException("%s is a folder, but a picture file is expected.".formatted(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new HarDNetException("%s does not exist, but a picture file is expected.".formatted(file), e);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * Reads a stream to its end, or only its first bytes when they show that it is no picture.
     *
     * @param in   the bytes of a JPEG, PNG, GIF or BMP file; it stays open
     * @param name what to call it in messages
     * @return the picture, of type {@link BufferedImage#TYPE_3BYTE_BGR}
     * @throws HarDNetException when it cannot be read, is no such file, is damaged or has too many pixels
     */
    public BufferedImage read(InputStream in, String name) {
        try {
            byte[] start = in.readNBytes(PictureFormat.SIGNATURE_BYTES);
            PictureFormat.of(start, name);
            byte[] rest = in.readNBytes(MAX_BYTES - start.length + 1);
            if (rest.length > MAX_BYTES - start.length) {
                throw new HarDNetException("%s has more than %d bytes, the most a picture file may have."
                        .formatted(name, MAX_BYTES));
            }
            byte[] all = new byte[start.length + rest.length];
            System.arraycopy(start, 0, all, 0, start.length);
            System.arraycopy(rest, 0, all, start.length, rest.length);
            return read(all, name);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * Reads a file that is in memory.
     *
     * @param bytes the bytes of a JPEG, PNG, GIF or BMP file
     * @param name  what to call it in messages
     * @return the picture, of type {@link BufferedImage#TYPE_3BYTE_BGR}
     * @throws HarDNetException when it is no such file, is damaged or has too many pixels
     */
    public BufferedImage read(byte[] bytes, String name) {
        return PictureFormat.of(bytes, name).decode(bytes, name, maxPixels).toBufferedImage();
    }

    private static HarDNetException unreadable(String name, IOException e) {
        return new HarDNetException("%s could not be read: %s.".formatted(name, e.getMessage()), e);
    }
}
