package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;

/**
 * A picture of 8-bit red, green and blue samples, H x W x 3: {@code pixels[(y * width + x) * 3 + channel]}. The array
 * is shared, not copied: whoever gives it away must leave it alone.
 *
 * @param width  columns, at least 1
 * @param height rows, at least 1
 * @param pixels the samples 0..255 as unsigned bytes, row by row from the top, each pixel red, green, blue
 */
public record RgbImage(int width, int height, byte[] pixels) {
    /** Samples of a pixel. */
    static final int CHANNELS = 3;

    /**
     * Checks the sizes.
     *
     * @throws HarDNetException when a side is below 1 or the array's length is not width * height * 3
     */
    public RgbImage {
        if (width < 1 || height < 1 || pixels.length != (long) width * height * CHANNELS) {
            throw new HarDNetException("A picture of %dx%d pixels cannot be made of %d bytes: both sides must be at "
                    .formatted(width, height, pixels.length) + "least 1 and there must be 3 bytes for each pixel.");
        }
    }

    /**
     * Takes the samples of any AWT picture as Pillow's {@code convert("RGB")} does: transparency is dropped, grey is
     * repeated in the three channels, colour profiles are ignored. Of 16-bit samples the upper byte is kept.
     *
     * @param image a picture of any type
     * @return its samples, in an array of their own
     * @throws HarDNetException when it has more than 2^31 / 3 pixels
     */
    public static RgbImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] pixels = allocate(width, height);
        RowReader rows = rowReader(image);
        for (int y = 0; y < height; y++) {
            rows.read(y, pixels, y * width * CHANNELS);
        }
        return new RgbImage(width, height, pixels);
    }

    /**
     * Makes an AWT picture of the samples.
     *
     * @return a picture of type {@link BufferedImage#TYPE_3BYTE_BGR} with samples of its own
     */
    public BufferedImage toBufferedImage() {
        BufferedImage image = canvas(width, height);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < bgr.length; i += CHANNELS) {
            bgr[i] = pixels[i + 2];
            bgr[i + 1] = pixels[i + 1];
            bgr[i + 2] = pixels[i];
        }
        return image;
    }

    /** The sizes, for example {@code 906x600 RGB picture}. */
    @Override
    public String toString() {
        return "%dx%d RGB picture".formatted(width, height);
    }

    static byte[] allocate(int width, int height) {
        return new byte[bytes(width, height)];
    }

    /** An empty AWT picture of the type that {@link #toBufferedImage} makes. */
    static BufferedImage canvas(int width, int height) {
        bytes(width, height);
        return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    private static int bytes(int width, int height) {
        long bytes = (long) width * height * CHANNELS;
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new HarDNetException("A picture of %dx%d pixels is too large: it may have up to 715,827,879 of them."
                    .formatted(width, height));
        }
        return (int) bytes;
    }

    /** Converts one row of a picture of some type. */
    private interface RowReader {
        void read(int y, byte[] rgb, int offset);
    }

    private static RowReader rowReader(BufferedImage image) {
        int transferType = image.getRaster().getTransferType();
        if (image.getColorModel() instanceof IndexColorModel model && transferType == DataBuffer.TYPE_BYTE) {
            return paletteRows(image, model);
        }
        if (image.getColorModel() instanceof ComponentColorModel model && !model.isAlphaPremultiplied()
                && isGreyOrRgb(model.getColorSpace())) {
            switch (transferType) {
                case DataBuffer.TYPE_BYTE:
                    return byteRows(image);
                case DataBuffer.TYPE_USHORT:
                    return shortRows(image);
                default:
            }
        }
        return switch (image.getType()) {
            case BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB -> intRows(image);
            default -> anyRows(image);
        };
    }

    private static boolean isGreyOrRgb(ColorSpace space) {
        return space.getType() == ColorSpace.TYPE_RGB || space.getType() == ColorSpace.TYPE_GRAY;
    }

    private static RowReader paletteRows(BufferedImage image, IndexColorModel model) {
        // As large as an index can be: an index beyond the palette is black, as in Pillow.
        int[] palette = new int[Math.max(256, model.getMapSize())];
        model.getRGBs(palette);
        int width = image.getWidth();
        byte[] indices = new byte[width];
        return (y, rgb, offset) -> {
            image.getRaster().getDataElements(0, y, width, 1, indices);
            for (int x = 0, to = offset; x < width; x++, to += CHANNELS) {
                put(rgb, to, palette[indices[x] & 0xff]);
            }
        };
    }

    private static RowReader byteRows(BufferedImage image) {
        int width = image.getWidth();
        int bands = image.getRaster().getNumBands();
        int green = bands < CHANNELS ? 0 : 1;
        int blue = bands < CHANNELS ? 0 : 2;
        byte[] row = new byte[width * bands];
        return (y, rgb, offset) -> {
            image.getRaster().getDataElements(0, y, width, 1, row);
            for (int from = 0, to = offset; from < row.length; from += bands, to += CHANNELS) {
                rgb[to] = row[from];
                rgb[to + 1] = row[from + green];
                rgb[to + 2] = row[from + blue];
            }
        };
    }

    private static RowReader shortRows(BufferedImage image) {
        int width = image.getWidth();
        int bands = image.getRaster().getNumBands();
        int green = bands < CHANNELS ? 0 : 1;
        int blue = bands < CHANNELS ? 0 : 2;
        short[] row = new short[width * bands];
        return (y, rgb, offset) -> {
            image.getRaster().getDataElements(0, y, width, 1, row);
            for (int from = 0, to = offset; from < row.length; from += bands, to += CHANNELS) {
                rgb[to] = (byte) (row[from] >> 8);
                rgb[to + 1] = (byte) (row[from + green] >> 8);
                rgb[to + 2] = (byte) (row[from + blue] >> 8);
            }
        };
    }

    private static RowReader intRows(BufferedImage image) {
        int width = image.getWidth();
        int[] row = new int[width];
        return (y, rgb, offset) -> {
            image.getRaster().getDataElements(0, y, width, 1, row);
            for (int x = 0, to = offset; x < width; x++, to += CHANNELS) {
                put(rgb, to, row[x]);
            }
        };
    }

    private static RowReader anyRows(BufferedImage image) {
        int width = image.getWidth();
        int[] row = new int[width];
        return (y, rgb, offset) -> {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0, to = offset; x < width; x++, to += CHANNELS) {
                put(rgb, to, row[x]);
            }
        };
    }

    private static void put(byte[] rgb, int to, int color) {
        rgb[to] = (byte) (color >> 16);
        rgb[to + 1] = (byte) (color >> 8);
        rgb[to + 2] = (byte) color;
    }
}
