package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.util.Arrays;

/**
 * Pillow's antialiased bilinear resize of 8-bit pictures, to the bit: a triangle filter whose width grows with the
 * factor of a reduction, its coefficients in fixed point, first along the rows and then along the columns, each pass
 * rounded and clipped to 8 bits. The networks were trained on pictures resized like this.
 *
 * <p>An output pixel depends on its own coefficients only, so a crop of the result costs no more than the crop.
 */
public final class AntialiasedResize {
    private static final int CHANNELS = RgbImage.CHANNELS;

    private AntialiasedResize() {
    }

    /**
     * Resizes a picture, each side by a factor of its own.
     *
     * @param picture any size
     * @param width   columns of the result, at least 1
     * @param height  rows of the result, at least 1
     * @return the picture itself when it has that size already, a new one otherwise
     * @throws HarDNetException when a side of the result is below 1
     */
    public static RgbImage resize(RgbImage picture, int width, int height) {
        if (width < 1 || height < 1) {
            throw new HarDNetException("A picture cannot be resized to %dx%d: both sides must be at least 1."
                    .formatted(width, height));
        }
        return resize(picture, new Axis(width, 0, width), new Axis(height, 0, height));
    }

    /**
     * One direction of a resize and the part of its result that is wanted.
     *
     * @param size   pixels of the whole result, which may be far too long to be kept
     * @param first  first pixel wanted
     * @param length pixels wanted
     */
    record Axis(long size, long first, int length) {
        boolean isAllOf(int pixels) {
            return size == pixels && length == pixels;
        }
    }

    static RgbImage resize(RgbImage picture, Axis horizontal, Axis vertical) {
        if (horizontal.isAllOf(picture.width()) && vertical.isAllOf(picture.height())) {
            return picture;
        }
        Taps columns = Taps.of(picture.width(), horizontal);
        Taps rows = Taps.of(picture.height(), vertical);
        int firstRow = rows.firstPixel();
        RgbImage narrow = alongRows(picture, columns, firstRow, rows.endPixel() - firstRow);
        return alongColumns(narrow, rows, firstRow);
    }

    private static RgbImage alongRows(RgbImage picture, Taps taps, int firstRow, int rows) {
        byte[] to = RgbImage.allocate(taps.outputs(), rows);
        byte[] from = picture.pixels();
        int rowBytes = taps.outputs() * CHANNELS;
        for (int y = 0; y < rows; y++) {
            resizeRow(from, (firstRow + y) * picture.width() * CHANNELS, taps, to, y * rowBytes);
        }
        return new RgbImage(taps.outputs(), rows, to);
    }

    private static void resizeRow(byte[] from, int rowStart, Taps taps, byte[] to, int at) {
        int[] weights = taps.weights;
        for (int x = 0; x < taps.outputs(); x++) {
            int red = Taps.HALF;
            int green = Taps.HALF;
            int blue = Taps.HALF;
            int source = rowStart + taps.first[x] * CHANNELS;
            int end = x * taps.stride + taps.count[x];
            for (int w = x * taps.stride; w < end; w++, source += CHANNELS) {
                int weight = weights[w];
                red += (from[source] & 0xff) * weight;
                green += (from[source + 1] & 0xff) * weight;
                blue += (from[source + 2] & 0xff) * weight;
            }
            int target = at + x * CHANNELS;
            to[target] = Taps.round(red);
            to[target + 1] = Taps.round(green);
            to[target + 2] = Taps.round(blue);
        }
    }

    private static RgbImage alongColumns(RgbImage picture, Taps taps, int firstRow) {
        byte[] to = RgbImage.allocate(picture.width(), taps.outputs());
        int rowBytes = picture.width() * CHANNELS;
        int[] sums = new int[rowBytes];
        for (int y = 0; y < taps.outputs(); y++) {
            Arrays.fill(sums, Taps.HALF);
            for (int tap = 0; tap < taps.count[y]; tap++) {
                int source = (taps.first[y] - firstRow + tap) * rowBytes;
                addRow(picture.pixels(), source, taps.weights[y * taps.stride + tap], sums);
            }
            roundRow(sums, to, y * rowBytes);
        }
        return new RgbImage(picture.width(), taps.outputs(), to);
    }

    private static void addRow(byte[] from, int source, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (from[source + i] & 0xff) * weight;
        }
    }

    private static void roundRow(int[] sums, byte[] to, int target) {
        for (int i = 0; i < sums.length; i++) {
            to[target + i] = Taps.round(sums[i]);
        }
    }

    /** For each output pixel of an axis: the input pixels it is made of, and their weights in fixed point. */
    private static final class Taps {
        /** Bits behind the point: 8 of 32 are the sample's, 2 are room for the sum. */
        static final int PRECISION_BITS = 32 - 8 - 2;
        /** Half of the last place, where each sum starts so that it rounds. */
        static final int HALF = 1 << (PRECISION_BITS - 1);

        final int[] first;
        final int[] count;
        final int[] weights;
        final int stride;

        private Taps(int outputs, int stride) {
            this.first = new int[outputs];
            this.count = new int[outputs];
            this.weights = new int[Math.multiplyExact(outputs, stride)];
            this.stride = stride;
        }

        static Taps of(int inputs, Axis axis) {
            if (axis.size == inputs) {
                return copying(axis);
            }
            double scale = (double) inputs / axis.size;
            double support = Math.max(scale, 1.0);
            Taps taps = new Taps(axis.length, Math.min(inputs, (int) Math.ceil(support) * 2 + 1));
            for (int i = 0; i < axis.length; i++) {
                taps.set(i, (axis.first + i + 0.5) * scale, support, inputs);
            }
            return taps;
        }

        private static Taps copying(Axis axis) {
            Taps taps = new Taps(axis.length, 1);
            for (int i = 0; i < axis.length; i++) {
                taps.first[i] = (int) axis.first + i;
                taps.count[i] = 1;
                taps.weights[i] = 1 << PRECISION_BITS;
            }
            return taps;
        }

        private void set(int output, double center, double support, int inputs) {
            int from = Math.max(0, (int) (center - support + 0.5));
            int to = Math.min(inputs, (int) (center + support + 0.5));
            double[] exact = new double[to - from];
            double sum = 0;
            for (int i = 0; i < exact.length; i++) {
                exact[i] = triangle((i + from - center + 0.5) * (1.0 / support));
                sum += exact[i];
            }
            first[output] = from;
            count[output] = exact.length;
            for (int i = 0; i < exact.length; i++) {
                weights[output * stride + i] = (int) (0.5 + exact[i] / sum * (1 << PRECISION_BITS));
            }
        }

        private static double triangle(double x) {
            return Math.max(0.0, 1.0 - Math.abs(x));
        }

        static byte round(int sum) {
            return (byte) Math.min(sum >> PRECISION_BITS, 255);
        }

        int outputs() {
            return first.length;
        }

        int firstPixel() {
            return first[0];
        }

        int endPixel() {
            return first[first.length - 1] + count[count.length - 1];
        }
    }
}
