package dev.hardnet.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;

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

    /**
     * The class with the largest value at each position.
     *
     * @param values  the elements
     * @param classes the size of the dimension of the classes
     * @param pixels  the elements from one class to the next
     */
    public static int[] argMax(float[] values, int classes, int pixels) {
        int[] best = new int[values.length / classes];
        for (int i = 0; i < best.length; i++) {
            int first = i / pixels * classes * pixels + i % pixels;
            for (int c = 1; c < classes; c++) {
                if (values[first + c * pixels] > values[first + best[i] * pixels]) {
                    best[i] = c;
                }
            }
        }
        return best;
    }

    /** Fails unless the classes are the same at 99.9 % of the positions. */
    public static void assertSameClasses(int[] expected, int[] found) {
        assertEquals(expected.length, found.length);
        long same = IntStream.range(0, expected.length).filter(i -> expected[i] == found[i]).count();
        assertTrue(same >= 0.999 * expected.length, () -> same + " of " + expected.length + " classes agree");
    }
}
