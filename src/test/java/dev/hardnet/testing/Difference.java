package dev.hardnet.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How far one output is from another. */
public final class Difference {
    private Difference() {
    }

    /** The L2 norm of the difference over that of the expected; NaN when an element is. */
    public static double relative(float[] expected, float[] found) {
        assertEquals(expected.length, found.length);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) found[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    /** Fails unless the relative difference is within the tolerance; NaN never is. */
    public static void assertWithin(double tolerance, float[] expected, float[] found) {
        double difference = relative(expected, found);
        assertTrue(difference <= tolerance, () -> "relative difference " + difference + ", tolerance " + tolerance);
    }

    /** The index of the largest element of a row. */
    public static int argMax(float[] values, int row, int columns) {
        int best = row * columns;
        for (int i = best; i < (row + 1) * columns; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best - row * columns;
    }
}
