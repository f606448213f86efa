package dev.hardnet;

/**
 * The size of a network's input.
 *
 * @param height rows
 * @param width  columns
 */
public record InputSize(int height, int width) {
    /**
     * A square.
     *
     * @param side rows and columns
     * @return the size
     */
    public static InputSize square(int side) {
        return new InputSize(side, side);
    }

    /** For example {@code 512x1024}. */
    @Override
    public String toString() {
        return height + "x" + width;
    }
}
