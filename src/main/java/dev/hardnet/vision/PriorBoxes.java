package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.util.List;

/**
 * The boxes that an SSD network's outputs are relative to: at every position of each of its feature maps, from the
 * finest, a square, a larger square and two boxes for each ratio, wide and tall. In the order of the outputs, each box
 * as its centre x, y and its width, height, in shares of the input, clipped to 0..1. Immutable.
 */
public final class PriorBoxes {
    static final int VALUES = 4;
    private static final List<Integer> TWO_AND_THREE = List.of(2, 3);
    private static final List<Integer> TWO = List.of(2);

    private final int inputSize;
    private final float[] values;

    /**
     * The boxes at the positions of one feature map.
     *
     * @param cells   positions along each side
     * @param step    input pixels from one position to the next
     * @param minimum side of the smaller square, in input pixels
     * @param maximum the larger square's side is the geometric mean of this and the minimum
     * @param ratios  of the longer to the shorter sides of the boxes that are no squares
     */
    private record Level(int cells, int step, double minimum, double maximum, List<Integer> ratios) {
        int boxes() {
            return cells * cells * (2 + 2 * ratios.size());
        }
    }

    private PriorBoxes(int inputSize, List<Level> levels) {
        this.inputSize = inputSize;
        values = new float[levels.stream().mapToInt(Level::boxes).sum() * VALUES];
        int at = 0;
        for (Level level : levels) {
            at = addLevel(level, at);
        }
    }

    /**
     * Those of the networks trained on COCO.
     *
     * @param inputSize side of the network's square input in pixels, 300 or 512
     * @return 11,620 boxes for 300, 32,756 for 512
     * @throws HarDNetException for any other size
     */
    public static PriorBoxes coco(int inputSize) {
        return switch (inputSize) {
            case 300 -> new PriorBoxes(inputSize, List.of(
                    new Level(38, 8, 21, 45, TWO_AND_THREE), new Level(19, 16, 45, 99, TWO_AND_THREE),
                    new Level(10, 32, 99, 153, TWO_AND_THREE), new Level(5, 64, 153, 207, TWO_AND_THREE),
                    new Level(3, 100, 207, 261, TWO), new Level(1, 300, 261, 315, TWO)));
            case 512 -> new PriorBoxes(inputSize, List.of(
                    new Level(64, 8, 20.48, 51.2, TWO_AND_THREE), new Level(32, 16, 51.2, 133.12, TWO_AND_THREE),
                    new Level(16, 32, 133.12, 215.04, TWO_AND_THREE), new Level(8, 64, 215.04, 296.96, TWO_AND_THREE),
                    new Level(4, 128, 296.96, 378.88, TWO_AND_THREE), new Level(2, 256, 378.88, 460.8, TWO),
                    new Level(1, 512, 460.8, 542.72, TWO)));
            default -> throw new HarDNetException(
                    "There are no prior boxes for inputs of %dx%d pixels, only for 300x300 and 512x512."
                            .formatted(inputSize, inputSize));
        };
    }

    private int addLevel(Level level, int start) {
        double cellsOfInput = (double) inputSize / level.step;
        int at = start;
        for (int y = 0; y < level.cells; y++) {
            for (int x = 0; x < level.cells; x++) {
                at = addPosition(level, (x + 0.5) / cellsOfInput, (y + 0.5) / cellsOfInput, at);
            }
        }
        return at;
    }

    private int addPosition(Level level, double x, double y, int start) {
        double side = level.minimum / inputSize;
        double largerSide = Math.sqrt(side * (level.maximum / inputSize));
        int at = add(start, x, y, side, side);
        at = add(at, x, y, largerSide, largerSide);
        for (int ratio : level.ratios) {
            double root = Math.sqrt(ratio);
            at = add(at, x, y, side * root, side / root);
            at = add(at, x, y, side / root, side * root);
        }
        return at;
    }

    private int add(int at, double... box) {
        for (int i = 0; i < VALUES; i++) {
            values[at + i] = Math.clamp((float) box[i], 0f, 1f);
        }
        return at + VALUES;
    }

    /**
     * The input they belong to.
     *
     * @return its side in pixels
     */
    public int inputSize() {
        return inputSize;
    }

    /**
     * How many there are.
     *
     * @return boxes
     */
    public int size() {
        return values.length / VALUES;
    }

    /**
     * The numbers of all boxes.
     *
     * @return a copy, boxes x 4: centre x, centre y, width, height, in shares of the input
     */
    public Tensor tensor() {
        return Tensor.of(values.clone(), size(), VALUES);
    }

    /** One number of one box, without a copy. */
    float value(int box, int index) {
        return values[box * VALUES + index];
    }

    /** For example {@code 11620 prior boxes of inputs of 300x300 pixels}. */
    @Override
    public String toString() {
        return "%d prior boxes of inputs of %dx%d pixels".formatted(size(), inputSize, inputSize);
    }
}
