package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a network says about each pixel of a picture: its class, H x W, a byte for each pixel, and the network's scores
 * if they were asked for. Immutable: arrays are copied on their way in and out, which costs as much memory again.
 */
public final class SegmentationMap {
    /** As many classes as a byte can tell apart. */
    public static final int MAX_CLASSES = 256;
    private static final int SHOWN = 5;

    private final int width;
    private final int height;
    private final byte[] classes;
    private final Labels labels;
    /** Classes x H x W, or null. */
    private final float[] scores;
    private final int[] counts;

    private SegmentationMap(int width, int height, byte[] classes, Labels labels, float[] scores) {
        if (labels.size() > MAX_CLASSES) {
            throw new HarDNetException("A map of pixels tells up to %d classes apart, but there are %s."
                    .formatted(MAX_CLASSES, labels));
        }
        if (width < 1 || height < 1 || classes.length != (long) width * height) {
            throw new HarDNetException("A map of %dx%d pixels cannot be made of %d bytes: both sides must be at least "
                    .formatted(width, height, classes.length) + "1 and there must be a byte for each pixel.");
        }
        this.width = width;
        this.height = height;
        this.classes = classes;
        this.labels = labels;
        this.scores = scores;
        this.counts = count();
    }

    private int[] count() {
        int[] found = new int[MAX_CLASSES];
        for (byte each : classes) {
            found[each & 0xff]++;
        }
        for (int index = labels.size(); index < MAX_CLASSES; index++) {
            if (found[index] > 0) {
                throw new HarDNetException("There are %d pixels of class %d, expected classes 0 to %d (%s)."
                        .formatted(found[index], index, labels.size() - 1, labels));
            }
        }
        return Arrays.copyOf(found, labels.size());
    }

    /**
     * Makes a map of classes.
     *
     * @param width   columns, at least 1
     * @param height  rows, at least 1
     * @param classes H x W unsigned bytes, row by row from the top; copied
     * @param labels  the names of up to 256 classes
     * @return the map, without scores
     * @throws HarDNetException when the array's length is not width * height, or a class has no label
     */
    public static SegmentationMap of(int width, int height, byte[] classes, Labels labels) {
        return sharing(width, height, classes.clone(), labels);
    }

    /**
     * Makes a map of scores: each pixel gets the class of its highest score, of equals the one with the lower index.
     *
     * @param width  columns, at least 1
     * @param height rows, at least 1
     * @param scores classes x H x W, as a network's logits are; copied
     * @param labels the names of up to 256 classes
     * @return the map with these scores
     * @throws HarDNetException when the array's length is not classes * width * height, or a score is not a number
     */
    public static SegmentationMap of(int width, int height, float[] scores, Labels labels) {
        return sharing(width, height, scores.clone(), labels);
    }

    /** Like {@link #of(int, int, byte[], Labels)} for an array that nobody else will write to. */
    static SegmentationMap sharing(int width, int height, byte[] classes, Labels labels) {
        return new SegmentationMap(width, height, classes, labels, null);
    }

    /** Like {@link #of(int, int, float[], Labels)} for an array that nobody else will write to. */
    static SegmentationMap sharing(int width, int height, float[] scores, Labels labels) {
        long pixels = (long) width * height;
        if (width < 1 || height < 1 || scores.length != pixels * labels.size()) {
            throw new HarDNetException("A map of %dx%d pixels cannot be made of %d scores: both sides must be at least "
                    .formatted(width, height, scores.length)
                    + "1 and there must be one for each pixel and each of the %s.".formatted(labels));
        }
        return new SegmentationMap(width, height, highest(scores, (int) pixels), labels, scores);
    }

    private static byte[] highest(float[] scores, int pixels) {
        byte[] classes = new byte[pixels];
        float[] best = Arrays.copyOf(scores, pixels);
        for (int index = 0; index * (long) pixels < scores.length; index++) {
            int plane = index * pixels;
            for (int pixel = 0; pixel < pixels; pixel++) {
                float score = scores[plane + pixel];
                if (Float.isNaN(score)) {
                    throw new HarDNetException("The score of class %d at pixel %d is not a number."
                            .formatted(index, pixel));
                }
                if (score > best[pixel]) {
                    best[pixel] = score;
                    classes[pixel] = (byte) index;
                }
            }
        }
        return classes;
    }

    /**
     * The map's width.
     *
     * @return columns, at least 1
     */
    public int width() {
        return width;
    }

    /**
     * The map's height.
     *
     * @return rows, at least 1
     */
    public int height() {
        return height;
    }

    /**
     * The names of the classes.
     *
     * @return the labels of all classes, present or not
     */
    public Labels labels() {
        return labels;
    }

    /**
     * The class of a pixel.
     *
     * @param x column, 0 up to width - 1
     * @param y row, 0 up to height - 1
     * @return its place among the network's outputs, from 0
     * @throws IndexOutOfBoundsException when there is no such pixel
     */
    public int classAt(int x, int y) {
        return classes[pixel(x, y)] & 0xff;
    }

    /**
     * The label of a pixel.
     *
     * @param x column, 0 up to width - 1
     * @param y row, 0 up to height - 1
     * @return the name of its class
     * @throws IndexOutOfBoundsException when there is no such pixel
     */
    public String label(int x, int y) {
        return labels.get(classAt(x, y));
    }

    private int pixel(int x, int y) {
        return Objects.checkIndex(y, height) * width + Objects.checkIndex(x, width);
    }

    /**
     * The classes of all pixels.
     *
     * @return a copy, H x W unsigned bytes, row by row from the top
     */
    public byte[] classes() {
        return classes.clone();
    }

    /**
     * How many pixels each class has.
     *
     * @return a copy, a number for each class in the order of the labels; together width * height
     */
    public int[] counts() {
        return counts.clone();
    }

    /**
     * The classes that are present.
     *
     * @return an immutable list, the largest first; of equals, the one with the lower index
     */
    public List<ClassShare> shares() {
        return IntStream.range(0, counts.length).filter(index -> counts[index] > 0).mapToObj(this::share)
                .sorted(Comparator.comparingInt(ClassShare::pixels).reversed()).toList();
    }

    private ClassShare share(int index) {
        return new ClassShare(labels.get(index), index, counts[index], (double) counts[index] / classes.length);
    }

    /**
     * Whether it has the scores from which its classes were chosen.
     *
     * @return true when it was made of scores
     */
    public boolean hasScores() {
        return scores != null;
    }

    /**
     * The score of a class at a pixel.
     *
     * @param index the class, 0 up to classes - 1
     * @param x     column, 0 up to width - 1
     * @param y     row, 0 up to height - 1
     * @return the network's logit
     * @throws IndexOutOfBoundsException when there is no such class or pixel
     * @throws IllegalStateException     when the map has no scores
     */
    public float score(int index, int x, int y) {
        requireScores();
        return scores[Objects.checkIndex(index, labels.size()) * classes.length + pixel(x, y)];
    }

    /**
     * All scores.
     *
     * @return a copy, classes x H x W: four bytes for each class of each pixel
     * @throws IllegalStateException when the map has no scores
     */
    public float[] scores() {
        requireScores();
        return scores.clone();
    }

    private void requireScores() {
        if (scores == null) {
            throw new IllegalStateException("This map was made without scores.");
        }
    }

    /**
     * Brings the map to another size, usually the picture's: each pixel gets the class of the nearest one.
     *
     * @param newWidth  columns of the result, at least 1
     * @param newHeight rows of the result, at least 1
     * @return the map itself when it has that size already, a new one without scores otherwise
     * @throws HarDNetException when a side of the result is below 1 or it has 2^31 pixels or more
     */
    public SegmentationMap resize(int newWidth, int newHeight) {
        if (newWidth < 1 || newHeight < 1 || (long) newWidth * newHeight > Integer.MAX_VALUE - 8) {
            throw new HarDNetException("A map cannot be resized to %dx%d: both sides must be at least 1 and the "
                    .formatted(newWidth, newHeight) + "product below 2^31.");
        }
        if (newWidth == width && newHeight == height) {
            return this;
        }
        int[] columns = nearest(width, newWidth);
        int[] rows = nearest(height, newHeight);
        byte[] resized = new byte[newWidth * newHeight];
        for (int y = 0, to = 0; y < newHeight; y++) {
            int row = rows[y] * width;
            for (int x = 0; x < newWidth; x++, to++) {
                resized[to] = classes[row + columns[x]];
            }
        }
        return sharing(newWidth, newHeight, resized, labels);
    }

    /** For each output pixel the input pixel that holds its centre; of two that touch there, the second. */
    private static int[] nearest(int inputs, int outputs) {
        int[] pixels = new int[outputs];
        for (int i = 0; i < outputs; i++) {
            pixels[i] = (int) ((2L * i + 1) * inputs / (2L * outputs));
        }
        return pixels;
    }

    /**
     * Makes a picture whose samples are the classes themselves and whose palette gives them colours: written as PNG, it
     * can be looked at and also read back as a map of classes.
     *
     * @param palette a colour for each class
     * @return a picture of type {@link BufferedImage#TYPE_BYTE_INDEXED} with samples of its own
     * @throws HarDNetException when there are more or fewer colours than classes
     */
    public BufferedImage toIndexedImage(Palette palette) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED,
                palette.require(labels.size()).colorModel());
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(classes, 0, samples, 0, classes.length);
        return image;
    }

    /** Whether the other has the same size, labels, classes and scores. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SegmentationMap map && width == map.width && height == map.height
                && labels.names().equals(map.labels.names()) && Arrays.equals(classes, map.classes)
                && Arrays.equals(scores, map.scores);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(counts);
    }

    /** The sizes and the five largest classes, for example {@code 2048x1024 pixels: road 38.2%, building 21.0%}. */
    @Override
    public String toString() {
        return "%dx%d pixels: ".formatted(width, height) + shares().stream().limit(SHOWN).map(ClassShare::toString)
                .collect(Collectors.joining(", "));
    }
}
