package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.awt.Color;
import java.awt.image.IndexColorModel;
import java.nio.file.Path;
import java.util.Arrays;

/** A colour for each class of a network, in the order of its outputs. Immutable. */
public final class Palette {
    private final int[] colors;
    private final String source;

    private Palette(int[] colors, String source) {
        if (colors.length == 0) {
            throw new HarDNetException("There are no colours in %s, expected at least one.".formatted(source));
        }
        this.colors = colors;
        this.source = source;
    }

    /**
     * Takes a list.
     *
     * @param colors each 0xRRGGBB, in the order of the classes, at least one; copied
     * @return the palette
     * @throws HarDNetException when the list is empty or a number is none of a colour
     */
    public static Palette of(int... colors) {
        for (int color : colors) {
            if (color < 0 || color > 0xffffff) {
                throw new HarDNetException("0x%08x is no colour, expected 0x000000 to 0xffffff.".formatted(color));
            }
        }
        return new Palette(colors.clone(), "the list given");
    }

    /**
     * The usual colours of labels: Cityscapes' for Cityscapes' labels, generated ones for any others.
     *
     * @param labels names of classes
     * @return as many colours
     */
    public static Palette of(Labels labels) {
        Palette cityscapes = cityscapes();
        return labels.names().equals(Labels.cityscapes().names()) ? cityscapes : generated(labels.size());
    }

    /**
     * Cityscapes' colours of its 19 evaluated classes.
     *
     * @return the colours that go with {@link Labels#cityscapes()}
     */
    public static Palette cityscapes() {
        return of(ClassTable.embedded(ClassTable.CITYSCAPES));
    }

    /**
     * The colours of a file that {@link Labels#read} reads: the columns {@code red}, {@code green} and {@code blue} of
     * a table, numbers from 0 to 255. A file without such columns gets generated colours.
     *
     * @param file the file
     * @return as many colours as the file has labels
     * @throws HarDNetException when it cannot be read or is empty, lacks one or two of the columns, or holds something
     *                          else than such numbers in them
     */
    public static Palette read(Path file) {
        return of(ClassTable.read(file));
    }

    private static Palette of(ClassTable table) {
        int[] colors = table.hasColors() ? table.colors() : DistinctColors.first(table.size());
        return new Palette(colors, table.source());
    }

    /**
     * Makes up colours that are easy to tell apart. They are always the same, and the first ones do not depend on how
     * many there are.
     *
     * @param classes how many, at least 1
     * @return the palette
     * @throws HarDNetException when the number is below 1
     */
    public static Palette generated(int classes) {
        return new Palette(DistinctColors.first(Math.max(classes, 0)), "a palette of " + classes);
    }

    /**
     * The number of classes.
     *
     * @return at least 1
     */
    public int size() {
        return colors.length;
    }

    /**
     * The colour of a class.
     *
     * @param index the class, 0 up to size - 1
     * @return an opaque colour
     * @throws IndexOutOfBoundsException when there is no such class
     */
    public Color color(int index) {
        return new Color(rgb(index));
    }

    /**
     * The colour of a class as a number.
     *
     * @param index the class, 0 up to size - 1
     * @return 0xRRGGBB
     * @throws IndexOutOfBoundsException when there is no such class
     */
    public int rgb(int index) {
        return colors[index];
    }

    /**
     * Makes sure that these colours fit a network.
     *
     * @param classes the number of classes that the network tells apart
     * @return this palette
     * @throws HarDNetException when there are more or fewer colours
     */
    public Palette require(int classes) {
        if (classes != size()) {
            throw new HarDNetException("Expected %d colours, found %d in %s.".formatted(classes, size(), source));
        }
        return this;
    }

    /** The palette of pictures whose samples are classes; of up to 256 colours. */
    IndexColorModel colorModel() {
        return new IndexColorModel(Byte.SIZE, size(), samples(16), samples(8), samples(0));
    }

    private byte[] samples(int shift) {
        byte[] samples = new byte[size()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (colors[i] >> shift);
        }
        return samples;
    }

    /** Whether the other has the same colours. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Palette palette && Arrays.equals(colors, palette.colors);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(colors);
    }

    /** For example {@code 19 colours of cityscapes_19.tsv}. */
    @Override
    public String toString() {
        return "%d colours of %s".formatted(size(), source);
    }
}
