package dev.hardnet.vision;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import javax.imageio.IIOException;

/**
 * From the raw components of a JPEG file to RGB, in the fixed-point arithmetic of the IJG library and, for CMYK, of
 * Pillow. Embedded profiles are ignored, as they were when the networks were trained.
 */
final class JpegColors {
    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);
    private static final int RED_OF_CR = fixed(1.40200);
    private static final int BLUE_OF_CB = fixed(1.77200);
    private static final int GREEN_OF_CR = fixed(0.71414);
    private static final int GREEN_OF_CB = fixed(0.34414);
    private static final int ZERO_CHROMA = 128;

    private JpegColors() {
    }

    /**
     * Converts a picture.
     *
     * @param raster 8-bit components, one to four, as they are stored
     * @param colors what they mean
     * @return the picture in RGB
     * @throws IIOException when the components are not what the header announced
     */
    static RgbImage toRgb(Raster raster, JpegHeader.Colors colors) throws IIOException {
        int bands = raster.getNumBands();
        if (raster.getTransferType() != DataBuffer.TYPE_BYTE || bands != bands(colors)) {
            throw new IIOException("its %d components are not the 1, 3 or 4 of 8 bits expected".formatted(bands));
        }
        int width = raster.getWidth();
        byte[] rgb = RgbImage.allocate(width, raster.getHeight());
        byte[] row = new byte[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getDataElements(0, y, width, 1, row);
            convert(row, colors, rgb, y * width * RgbImage.CHANNELS);
        }
        return new RgbImage(width, raster.getHeight(), rgb);
    }

    private static int bands(JpegHeader.Colors colors) {
        return switch (colors) {
            case GREY -> 1;
            case RGB, YCC -> 3;
            case CMYK, YCCK -> 4;
            case UNKNOWN -> 0;
        };
    }

    private static void convert(byte[] row, JpegHeader.Colors colors, byte[] rgb, int at) {
        switch (colors) {
            case GREY -> repeat(row, rgb, at);
            case RGB -> System.arraycopy(row, 0, rgb, at, row.length);
            case YCC -> fromYcc(row, 3, rgb, at);
            case CMYK -> {
                fromInvertedInks(row, rgb, at);
                blacken(row, rgb, at);
            }
            case YCCK -> {
                fromYcc(row, 4, rgb, at);
                blacken(row, rgb, at);
            }
            default -> throw new IllegalArgumentException("No conversion from " + colors);
        }
    }

    private static void repeat(byte[] row, byte[] rgb, int at) {
        for (int x = 0, to = at; x < row.length; x++, to += RgbImage.CHANNELS) {
            rgb[to] = row[x];
            rgb[to + 1] = row[x];
            rgb[to + 2] = row[x];
        }
    }

    private static void fromYcc(byte[] row, int bands, byte[] rgb, int at) {
        for (int from = 0, to = at; from < row.length; from += bands, to += RgbImage.CHANNELS) {
            int luma = row[from] & 0xff;
            int cb = (row[from + 1] & 0xff) - ZERO_CHROMA;
            int cr = (row[from + 2] & 0xff) - ZERO_CHROMA;
            rgb[to] = clip(luma + (RED_OF_CR * cr + HALF >> FRACTION_BITS));
            rgb[to + 1] = clip(luma + (HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr >> FRACTION_BITS));
            rgb[to + 2] = clip(luma + (BLUE_OF_CB * cb + HALF >> FRACTION_BITS));
        }
    }

    /** Files hold CMYK the Adobe way, 255 for no ink: what comes out is the amount of ink. */
    private static void fromInvertedInks(byte[] row, byte[] rgb, int at) {
        for (int from = 0, to = at; from < row.length; from += 4, to += RgbImage.CHANNELS) {
            rgb[to] = (byte) ~row[from];
            rgb[to + 1] = (byte) ~row[from + 1];
            rgb[to + 2] = (byte) ~row[from + 2];
        }
    }

    /** Turns amounts of ink into light, given the light that black lets through. */
    private static void blacken(byte[] row, byte[] inks, int at) {
        for (int from = 3, to = at; from < row.length; from += 4, to += RgbImage.CHANNELS) {
            int light = row[from] & 0xff;
            for (int c = 0; c < RgbImage.CHANNELS; c++) {
                inks[to + c] = clip(light - scaled(inks[to + c] & 0xff, light));
            }
        }
    }

    /** The product of two numbers 0..255, divided by 255 and rounded. */
    private static int scaled(int a, int b) {
        int product = a * b + 128;
        return (product >> 8) + product >> 8;
    }

    private static byte clip(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }

    private static int fixed(double value) {
        return (int) (value * (1 << FRACTION_BITS) + 0.5);
    }
}
