package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The names of a network's classes, in the order of its outputs. Immutable. */
public final class Labels {
    private static final String IMAGENET = "imagenet_1000.txt";
    private static final String COCO = "coco_80.txt";

    private final List<String> names;
    private final String source;

    private Labels(List<String> names, String source) {
        if (names.isEmpty()) {
            throw new HarDNetException("There are no labels in %s, expected at least one.".formatted(source));
        }
        this.names = List.copyOf(names);
        this.source = source;
    }

    /**
     * Takes a list.
     *
     * @param names the labels in the order of the classes, at least one
     * @return the labels
     * @throws HarDNetException when the list is empty
     */
    public static Labels of(List<String> names) {
        return new Labels(names, "the list given");
    }

    /**
     * Makes up names for a network whose classes are unknown.
     *
     * @param count the number of classes, at least 1
     * @return {@code class 0}, {@code class 1}, ...
     * @throws HarDNetException when the count is below 1
     */
    public static Labels numbered(int count) {
        return new Labels(IntStream.range(0, count).mapToObj(i -> "class " + i).toList(), "a list of " + count);
    }

    /**
     * ImageNet's (ILSVRC 2012).
     *
     * @return 1,000 labels, {@code tench} to {@code toilet tissue}
     */
    public static Labels imageNet() {
        return resource(IMAGENET);
    }

    /**
     * Cityscapes' classes that are evaluated.
     *
     * @return 19 labels, {@code road} to {@code bicycle}
     */
    public static Labels cityscapes() {
        return resource(ClassTable.CITYSCAPES);
    }

    private static Labels resource(String name) {
        return of(ClassTable.embedded(name));
    }

    /**
     * COCO's, in the order of its category numbers, without a background.
     *
     * @return 80 labels, {@code person} to {@code toothbrush}
     */
    public static Labels coco() {
        return of(ClassTable.embedded(COCO));
    }

    /**
     * CIFAR-10's.
     *
     * @return 10 labels, {@code airplane} to {@code truck}
     */
    public static Labels cifar10() {
        return new Labels(List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship",
                "truck"), "CIFAR-10");
    }

    /** A model's own: those of its metadata, the usual ones if they are as many, else numbers. */
    static Labels of(Model model, int classes, Labels usual) {
        String names = model.metadata().get("classes");
        if (names != null) {
            return new Labels(List.of(names.split(",")), "the metadata of " + model.origin()).require(classes);
        }
        return classes == usual.size() ? usual : numbered(classes);
    }

    /**
     * Reads a text file in UTF-8: a label on each line, in the order of the classes. Or a table with tabs, whose first
     * line names the columns, one of them {@code name}: the labels are that column. Empty lines may only end the file.
     *
     * @param file the file
     * @return its labels
     * @throws HarDNetException when it cannot be read, has no labels, or an empty line stands where a label should
     */
    public static Labels read(Path file) {
        return of(ClassTable.read(file));
    }

    private static Labels of(ClassTable table) {
        return new Labels(table.names(), table.source());
    }

    /**
     * The number of classes.
     *
     * @return at least 1
     */
    public int size() {
        return names.size();
    }

    /**
     * The label of a class.
     *
     * @param index the class, 0 up to size - 1
     * @return its label
     * @throws IndexOutOfBoundsException when there is no such class
     */
    public String get(int index) {
        return names.get(index);
    }

    /**
     * All labels.
     *
     * @return an immutable list in the order of the classes
     */
    public List<String> names() {
        return names;
    }

    /**
     * Makes sure that these labels fit a network.
     *
     * @param classes the number of classes that the network tells apart
     * @return these labels
     * @throws HarDNetException when there are more or fewer labels
     */
    public Labels require(int classes) {
        if (classes != size()) {
            throw new HarDNetException("Expected %d labels, found %d in %s.".formatted(classes, size(), source));
        }
        return this;
    }

    /** For example {@code 1000 labels of imagenet_1000.txt}. */
    @Override
    public String toString() {
        return "%d labels of %s".formatted(size(), source);
    }
}
