package dev.hardnet.vision;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.hardnet.HarDNetException;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The kinds of picture file that are read, told apart by their first bytes. */
enum PictureFormat {
    JPEG("ffd8ff"), PNG("89504e470d0a1a0a"), GIF("47494638"), BMP("424d");

    /** Length of the longest signature. */
    static final int SIGNATURE_BYTES = 8;

    /** ImageIO's words about a JPEG that ends too early; what else it warns of, Pillow puts up with, too. */
    private static final String CUT_OFF = "truncated file";

    private final byte[] signature;

    PictureFormat(String signature) {
        this.signature = HexFormat.of().parseHex(signature);
    }

    /**
     * Recognises a file.
     *
     * @param bytes its first 8 bytes or more, or all of them
     * @param name  what to call it in messages
     * @return its format
     * @throws HarDNetException when it has none of the formats
     */
    static PictureFormat of(byte[] bytes, String name) {
        if (bytes.length == 0) {
            throw new HarDNetException("%s is empty, but a JPEG, PNG, GIF or BMP file is expected.".formatted(name));
        }
        for (PictureFormat format : values()) {
            byte[] signature = format.signature;
            if (bytes.length >= signature.length
                    && Arrays.equals(bytes, 0, signature.length, signature, 0, signature.length)) {
                return format;
            }
        }
        String found = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, SIGNATURE_BYTES));
        throw new HarDNetException("%s is not a picture: it begins with the bytes %s, but a JPEG, PNG, GIF or BMP file "
                .formatted(name, found) + "is expected.");
    }

    /**
     * Decodes a file.
     *
     * @param bytes     the whole file
     * @param name      what to call it in messages
     * @param maxPixels pixels it may have
     * @return the picture, upright
     * @throws HarDNetException when it has more pixels or is damaged
     */
    RgbImage decode(byte[] bytes, String name, long maxPixels) {
        ImageReader reader = reader();
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        try {
            reader.setInput(new ByteArrayImageInputStream(bytes), true, true);
            checkSize(reader.getWidth(0), reader.getHeight(0), name, maxPixels);
            RgbImage picture = decode(reader, bytes);
            if (isCutOff(warnings)) {
                throw new EOFException();
            }
            return picture;
        } catch (HarDNetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            boolean early = e instanceof EOFException || e.getCause() instanceof EOFException || isCutOff(warnings);
            throw damaged(name, early ? "it ends too early" : e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new HarDNetException("%s does not fit into the memory of this Java process, %d MiB."
                    .formatted(name, Runtime.getRuntime().maxMemory() >> 20), e);
        } finally {
            reader.dispose();
        }
    }

    private static boolean isCutOff(List<String> warnings) {
        return warnings.stream().anyMatch(warning -> warning.toLowerCase(Locale.ROOT).contains(CUT_OFF));
    }

    private RgbImage decode(ImageReader reader, byte[] bytes) throws IOException {
        return switch (this) {
            case JPEG -> {
                JpegHeader header = JpegHeader.of(bytes);
                // Not read(), which would apply the profile that the networks' training ignored.
                Raster components = reader.readRaster(0, null);
                yield Orientation.upright(JpegColors.toRgb(components, header.colors()), header.orientation());
            }
            case PNG -> {
                int orientation = PngChunks.checkedOrientation(bytes);
                yield Orientation.upright(RgbImage.of(reader.read(0)), orientation);
            }
            case GIF, BMP -> RgbImage.of(reader.read(0));
        };
    }

    private ImageReader reader() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(name());
        if (!readers.hasNext()) {
            throw new HarDNetException("This Java runtime has no ImageIO reader for %s files, expected that of the "
                    .formatted(name()) + "module java.desktop.");
        }
        return readers.next();
    }

    private static void checkSize(int width, int height, String name, long maxPixels) {
        if ((long) width * height > maxPixels) {
            throw new HarDNetException("%s claims to be %dx%d, %d pixels, but at most %d are allowed."
                    .formatted(name, width, height, (long) width * height, maxPixels));
        }
    }

    private HarDNetException damaged(String name, String reason, Exception cause) {
        String clause = reason == null ? "its contents make no sense"
                : reason.replaceAll("[.!\\s]*$", "").replaceAll("\\s+", " ");
        return new HarDNetException("%s is a damaged %s file: %s.".formatted(name, name(), clause), cause);
    }
}
