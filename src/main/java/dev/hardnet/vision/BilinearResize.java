package dev.hardnet.vision;

import dev.hardnet.HarDNetException;

/**
 * Bilinear resize of 8-bit pictures as OpenCV's own code does it for {@code INTER_LINEAR}, to the bit: each output
 * pixel is made of the two by two input pixels around its centre, however far the picture is reduced. Pixels have their
 * centres at half positions, beyond the edge the outermost pixels go on, weights have 11 bits behind the point.
 *
 * <p>Builds of OpenCV that leave the work to a vendor's library may differ from it by a grey level.
 */
final class BilinearResize {
    private static final int CHANNELS = RgbImage.CHANNELS;
    private static final int WEIGHT_BITS = 11;
    private static final int ONE = 1 << WEIGHT_BITS;

    private BilinearResize() {
    }

    /**
     * Resizes a picture, each side by a factor of its own.
     *
     * @param picture any size
     * @param width   columns of the result, at least 1
     * @param height  rows of the result, at least 1
     * @return the picture itself when it has that size already, a new one otherwise
     * @throws HarDNetException when a side of the result is below 1, or it has more than 2^31 / 3 pixels
     */
    static RgbImage resize(RgbImage picture, int width, int height) {
        if (width < 1 || height < 1) {
            throw new HarDNetException("A picture cannot be resized to %dx%d: both sides must be at least 1."
                    .formatted(width, height));
        }
        if (picture.width() == width && picture.height() == height) {
            return picture;
        }
        byte[] to = RgbImage.allocate(width, height);
        Axis rows = new Axis(picture.height(), height);
        RowPair pair = new RowPair(picture, new Axis(picture.width(), width).clamped());
        for (int y = 0; y < height; y++) {
            pair.moveTo(rows.clamp(rows.first[y]), rows.clamp(rows.first[y] + 1));
            blend(pair, rows.firstWeight[y], rows.secondWeight[y], to, y * width * CHANNELS);
        }
        return new RgbImage(width, height, to);
    }

    /** The second pass, whose products drop 4 and then 16 bits so that they fit OpenCV's 16-bit multiplications. */
    private static void blend(RowPair pair, int upperWeight, int lowerWeight, byte[] to, int at) {
        int[] upper = pair.upper;
        int[] lower = pair.lower;
        for (int i = 0; i < upper.length; i++) {
            int sum = (upperWeight * (upper[i] >> 4) >> 16) + (lowerWeight * (lower[i] >> 4) >> 16);
            to[at + i] = (byte) (sum + 2 >> 2);
        }
    }

    /** For each output pixel of an axis: the first of its two input pixels, and the weights of both. */
    private static final class Axis {
        final int inputs;
        /** From -1 up to inputs - 1. */
        final int[] first;
        /** 0..ONE. */
        final int[] firstWeight;
        final int[] secondWeight;

        Axis(int inputs, int outputs) {
            this.inputs = inputs;
            first = new int[outputs];
            firstWeight = new int[outputs];
            secondWeight = new int[outputs];
            double scale = 1.0 / ((double) outputs / inputs);
            for (int i = 0; i < outputs; i++) {
                float center = (float) ((i + 0.5) * scale - 0.5);
                first[i] = (int) Math.floor(center);
                float fraction = center - first[i];
                firstWeight[i] = (int) Math.rint((1 - fraction) * ONE);
                secondWeight[i] = (int) Math.rint(fraction * ONE);
            }
        }

        /** The same with the whole weight on one pixel where the other would lie beyond the edge. */
        Axis clamped() {
            for (int i = 0; i < first.length; i++) {
                if (first[i] < 0 || first[i] >= inputs - 1) {
                    first[i] = clamp(first[i]);
                    firstWeight[i] = ONE;
                    secondWeight[i] = 0;
                }
            }
            return this;
        }

        int clamp(int pixel) {
            return Math.clamp(pixel, 0, inputs - 1);
        }
    }

    /** The first pass: two rows of the picture, resized horizontally; each row is computed once. */
    private static final class RowPair {
        private final RgbImage picture;
        private final Axis columns;
        int[] upper;
        int[] lower;
        private int upperRow = -1;
        private int lowerRow = -1;

        RowPair(RgbImage picture, Axis columns) {
            this.picture = picture;
            this.columns = columns;
            upper = new int[columns.first.length * CHANNELS];
            lower = new int[upper.length];
        }

        void moveTo(int wantedUpper, int wantedLower) {
            if (wantedUpper != upperRow && wantedUpper == lowerRow) {
                int[] spare = upper;
                upper = lower;
                lower = spare;
                lowerRow = upperRow;
                upperRow = wantedUpper;
            }
            if (wantedUpper != upperRow) {
                fill(upper, wantedUpper);
                upperRow = wantedUpper;
            }
            if (wantedLower != lowerRow) {
                fill(lower, wantedLower);
                lowerRow = wantedLower;
            }
        }

        private void fill(int[] to, int row) {
            byte[] from = picture.pixels();
            int start = row * picture.width() * CHANNELS;
            for (int x = 0, i = 0; x < columns.first.length; x++) {
                int left = start + columns.first[x] * CHANNELS;
                int first = columns.firstWeight[x];
                int second = columns.secondWeight[x];
                int right = second == 0 ? left : left + CHANNELS;
                for (int c = 0; c < CHANNELS; c++, i++) {
                    to[i] = (from[left + c] & 0xff) * first + (from[right + c] & 0xff) * second;
                }
            }
        }
    }
}
