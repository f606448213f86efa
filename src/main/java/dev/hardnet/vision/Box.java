package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.util.Locale;

/**
 * An upright rectangle in a picture, in pixels: 0, 0 is the picture's upper left corner, not the centre of its first
 * pixel, so that the whole of a picture is {@code new Box(0, 0, width, height)}.
 *
 * @param x      left edge
 * @param y      upper edge
 * @param width  from the left to the right edge, at least 0
 * @param height from the upper to the lower edge, at least 0
 */
public record Box(double x, double y, double width, double height) {
    /**
     * Checks the numbers.
     *
     * @throws HarDNetException when one is infinite or not a number, or a size is negative
     */
    public Box {
        if (!(width >= 0 && height >= 0 && Double.isFinite(x + width) && Double.isFinite(y + height))) {
            throw new HarDNetException("There is no box at %s, %s of %s x %s: its numbers must be finite and its sizes "
                    .formatted(x, y, width, height) + "at least 0.");
        }
    }

    /**
     * The right edge.
     *
     * @return pixels from the picture's left edge
     */
    public double right() {
        return x + width;
    }

    /**
     * The lower edge.
     *
     * @return pixels from the picture's upper edge
     */
    public double bottom() {
        return y + height;
    }

    /**
     * The area.
     *
     * @return square pixels
     */
    public double area() {
        return width * height;
    }

    /** For example {@code 120x80 at 14, 33}, in whole pixels. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0fx%.0f at %.0f, %.0f", width, height, x, y);
    }
}
