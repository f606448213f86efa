package dev.hardnet.vision;

import java.util.Arrays;

/**
 * Colours that are easy to tell apart: each is the one farthest from all before it, of a grid over the cube of red,
 * green and blue without its darkest and lightest. Distances are those of the colour space OKLab, which follows the
 * eye.
 */
final class DistinctColors {
    /** Steps of red, green and blue. */
    private static final int STEPS = 16;
    private static final int STEP = 255 / (STEPS - 1);
    /** Below and above, colours pass for black and white. */
    private static final double DARKEST = 0.42;
    private static final double LIGHTEST = 0.90;
    /** The first colour, a strong blue, stands out from most photos. */
    private static final int FIRST = 0x0066ff;

    private DistinctColors() {
    }

    /** So many colours, each 0xRRGGBB; where there are more than the grid has, the first ones come again. */
    static int[] first(int count) {
        int[] grid = grid();
        double[][] places = Arrays.stream(grid).mapToObj(DistinctColors::place).toArray(double[][]::new);
        double[] distances = new double[grid.length];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        int[] colors = new int[count];
        int distinct = Math.min(count, grid.length);
        int next = Arrays.binarySearch(grid, FIRST);
        for (int i = 0; i < distinct; i++) {
            colors[i] = grid[next];
            next = farthest(places, places[next], distances);
        }
        for (int i = distinct; i < count; i++) {
            colors[i] = colors[i - distinct];
        }
        return colors;
    }

    /** Ascending numbers. */
    private static int[] grid() {
        int[] colors = new int[STEPS * STEPS * STEPS];
        int count = 0;
        for (int red = 0; red < STEPS; red++) {
            for (int green = 0; green < STEPS; green++) {
                for (int blue = 0; blue < STEPS; blue++) {
                    int color = (red * STEP << 16) + (green * STEP << 8) + blue * STEP;
                    double lightness = place(color)[0];
                    if (lightness >= DARKEST && lightness <= LIGHTEST) {
                        colors[count++] = color;
                    }
                }
            }
        }
        return Arrays.copyOf(colors, count);
    }

    /** Takes a new colour into account and finds the one that is now farthest; of equals, the first. */
    private static int farthest(double[][] places, double[] added, double[] distances) {
        int farthest = 0;
        for (int i = 0; i < places.length; i++) {
            distances[i] = Math.min(distances[i], distance(places[i], added));
            if (distances[i] > distances[farthest]) {
                farthest = i;
            }
        }
        return farthest;
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return sum;
    }

    /** Lightness 0..1 and the two opponent axes. StrictMath, so that every machine finds the same colours. */
    private static double[] place(int color) {
        double red = linear(color >> 16 & 0xff);
        double green = linear(color >> 8 & 0xff);
        double blue = linear(color & 0xff);
        double l = StrictMath.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
        double m = StrictMath.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
        double s = StrictMath.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
        return new double[] {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
    }

    private static double linear(int level) {
        double share = level / 255.0;
        return share <= 0.04045 ? share / 12.92 : StrictMath.pow((share + 0.055) / 1.055, 2.4);
    }
}
