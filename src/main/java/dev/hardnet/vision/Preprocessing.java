package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import dev.hardnet.vision.AntialiasedResize.Axis;
import dev.hardnet.vision.PixelScaling.Order;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * From a picture to the input of a classification network, as torchvision's evaluation transforms do it: the shorter
 * side is resized to {@code resize} pixels with Pillow's antialiased bilinear filter, the centre is cropped to
 * {@code crop} x {@code crop}, and each sample becomes {@code (sample / 255 - mean) / std} in float32. Channels are in
 * the order red, green, blue. Immutable; may be shared between threads.
 */
public final class Preprocessing {
    private static final float[] IMAGENET_MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] IMAGENET_STD = {0.229f, 0.224f, 0.225f};
    /** Far above any use, and low enough for the elements of one picture to be counted in an int. */
    private static final int MAX_CROP = 16_384;

    private final int resize;
    private final int crop;
    private final float[] mean;
    private final float[] std;
    private final PixelScaling scaling;

    private Preprocessing(int resize, int crop, float[] mean, float[] std) {
        this.resize = resize;
        this.crop = crop;
        this.mean = mean.clone();
        this.std = std.clone();
        this.scaling = new PixelScaling(Order.RGB, 255, mean, std);
    }

    /**
     * The usual one for ImageNet: resized to 256, cropped to 224.
     *
     * @return mean 0.485 0.456 0.406, standard deviation 0.229 0.224 0.225
     */
    public static Preprocessing imageNet() {
        return imageNet(224);
    }

    /**
     * ImageNet's for another input size, with the same share of the picture in the crop.
     *
     * @param size side of the network's input in pixels, 1 to 16,384; the shorter side is resized to
     *             {@code round(size * 256 / 224)}
     * @return mean 0.485 0.456 0.406, standard deviation 0.229 0.224 0.225
     * @throws HarDNetException when the size is out of range
     */
    public static Preprocessing imageNet(int size) {
        return of((int) Math.round(size * 256.0 / 224.0), size, IMAGENET_MEAN, IMAGENET_STD);
    }

    /**
     * Any other.
     *
     * @param resize length of the shorter side after resizing, in pixels; equal to the crop, a square picture is
     *               resized straight to it
     * @param crop   side of the square crop, in pixels, 1 up to {@code resize} and 16,384
     * @param mean   of red, green and blue, on the scale 0..1
     * @param std    standard deviations of red, green and blue, on the scale 0..1, above 0
     * @return the preprocessing
     * @throws HarDNetException when one of these rules is broken
     */
    public static Preprocessing of(int resize, int crop, float[] mean, float[] std) {
        if (crop < 1 || crop > Math.min(resize, MAX_CROP)) {
            throw new HarDNetException("A crop of %d pixels cannot be cut from a shorter side of %d: it must be 1 "
                    .formatted(crop, resize) + "to %d.".formatted(Math.clamp(resize, 1, MAX_CROP)));
        }
        if (mean.length != RgbImage.CHANNELS || std.length != RgbImage.CHANNELS) {
            throw new HarDNetException("Mean and standard deviation have %d and %d values, expected 3 of each."
                    .formatted(mean.length, std.length));
        }
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            if (!Float.isFinite(mean[c]) || !Float.isFinite(std[c]) || std[c] <= 0) {
                throw new HarDNetException("Mean %s and standard deviation %s: all must be finite, deviations above 0."
                        .formatted(Arrays.toString(mean), Arrays.toString(std)));
            }
        }
        return new Preprocessing(resize, crop, mean, std);
    }

    /**
     * Length of the shorter side after resizing.
     *
     * @return pixels
     */
    public int resize() {
        return resize;
    }

    /**
     * Side of the square that the network sees.
     *
     * @return pixels
     */
    public int crop() {
        return crop;
    }

    /**
     * What is subtracted from red, green and blue.
     *
     * @return a copy, on the scale 0..1
     */
    public float[] mean() {
        return mean.clone();
    }

    /**
     * What red, green and blue are divided by.
     *
     * @return a copy, on the scale 0..1
     */
    public float[] std() {
        return std.clone();
    }

    /**
     * The part of a picture that the network sees.
     *
     * @param picture any size
     * @return the centre, resized, crop x crop pixels
     */
    public RgbImage cropOf(RgbImage picture) {
        long shorter = Math.min(picture.width(), picture.height());
        return AntialiasedResize.resize(picture, axis(picture.width(), shorter), axis(picture.height(), shorter));
    }

    /**
     * Makes the input for one picture.
     *
     * @param picture any size and type
     * @return a new tensor, 1 x 3 x crop x crop
     */
    public Tensor apply(BufferedImage picture) {
        return apply(RgbImage.of(picture));
    }

    /**
     * Makes the input for one picture.
     *
     * @param picture any size
     * @return a new tensor, 1 x 3 x crop x crop
     */
    public Tensor apply(RgbImage picture) {
        Tensor tensor = Tensor.zeros(1, RgbImage.CHANNELS, crop, crop);
        apply(picture, tensor.data(), 0);
        return tensor;
    }

    /**
     * Writes the input for one picture into a batch N x 3 x crop x crop.
     *
     * @param picture  any size
     * @param batch    the batch's elements in row-major order
     * @param position the picture's place in the batch, from 0
     * @throws HarDNetException when the array has no such place
     */
    public void apply(RgbImage picture, float[] batch, int position) {
        scaling.write(cropOf(picture), batch, position);
    }

    /** What is done, for example {@code shorter side to 256, centre crop 224x224, mean [...], std [...]}. */
    @Override
    public String toString() {
        return "shorter side to %d, centre crop %dx%d, mean %s, std %s"
                .formatted(resize, crop, crop, Arrays.toString(mean), Arrays.toString(std));
    }

    private Axis axis(int pixels, long shorter) {
        long size = resize * (long) pixels / shorter;
        // Python's round(), which torchvision uses, takes halves to the even neighbour, as rint does.
        long first = (long) Math.rint((size - crop) / 2.0);
        return new Axis(size, first, crop);
    }
}
