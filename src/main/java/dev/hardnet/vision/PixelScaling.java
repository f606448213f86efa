package dev.hardnet.vision;

import dev.hardnet.HarDNetException;

/**
 * From 8-bit samples to one picture of a float batch N x 3 x H x W: the order of the planes, and for each of them the
 * value {@code (sample / divisor - mean) / std} in float32. Immutable.
 */
final class PixelScaling {
    private static final int LEVELS = 256;

    /** Which colour the first plane is. */
    enum Order {
        /** Red, green, blue. */
        RGB(0, 1, 2),
        /** Blue, green, red. */
        BGR(2, 1, 0);

        private final int[] samples;

        Order(int... samples) {
            this.samples = samples;
        }
    }

    private final Order order;
    /** The value of every sample, plane by plane: a pixel costs three look-ups. */
    private final float[][] values = new float[RgbImage.CHANNELS][LEVELS];

    /**
     * Computes the tables.
     *
     * @param order   of the planes
     * @param divisor of every sample, above 0: 255 for samples on the scale 0..1, 1 for samples as they are
     * @param mean    three numbers in the order of the planes, on the scale of the divided samples
     * @param std     three numbers above 0 in the order of the planes, on the same scale
     */
    PixelScaling(Order order, float divisor, float[] mean, float[] std) {
        this.order = order;
        for (int plane = 0; plane < RgbImage.CHANNELS; plane++) {
            for (int level = 0; level < LEVELS; level++) {
                values[plane][level] = (level / divisor - mean[plane]) / std[plane];
            }
        }
    }

    /**
     * Writes a picture into a batch N x 3 x H x W of its own size.
     *
     * @param picture  H x W pixels
     * @param batch    the batch's elements in row-major order
     * @param position the picture's place in the batch, from 0
     * @throws HarDNetException when the array has no such place
     */
    void write(RgbImage picture, float[] batch, int position) {
        byte[] pixels = picture.pixels();
        if (position < 0 || (position + 1L) * pixels.length > batch.length) {
            throw new HarDNetException("There is no place %d for a picture of 3x%dx%d in a batch of %d elements."
                    .formatted(position, picture.height(), picture.width(), batch.length));
        }
        int size = pixels.length / RgbImage.CHANNELS;
        for (int plane = 0; plane < RgbImage.CHANNELS; plane++) {
            float[] value = values[plane];
            int to = (position * RgbImage.CHANNELS + plane) * size;
            for (int i = 0, from = order.samples[plane]; i < size; i++, from += RgbImage.CHANNELS) {
                batch[to + i] = value[pixels[from] & 0xff];
            }
        }
    }
}
