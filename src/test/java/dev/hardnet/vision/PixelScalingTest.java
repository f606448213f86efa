package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.vision.PixelScaling.Order;
import org.junit.jupiter.api.Test;

class PixelScalingTest {
    /** Two pixels, the second below the first. */
    private static final RgbImage PICTURE = new RgbImage(1, 2, new byte[] {10, 20, 30, 40, 50, (byte) 200});
    private static final float[] ZEROS = {0, 0, 0};
    private static final float[] ONES = {1, 1, 1};

    private static float[] write(PixelScaling scaling) {
        float[] batch = new float[6];
        scaling.write(PICTURE, batch, 0);
        return batch;
    }

    @Test
    void planesStandInTheOrderAskedFor() {
        assertArrayEquals(new float[] {10, 40, 20, 50, 30, 200},
                write(new PixelScaling(Order.RGB, 1, ZEROS, ONES)));
        assertArrayEquals(new float[] {30, 200, 20, 50, 10, 40},
                write(new PixelScaling(Order.BGR, 1, ZEROS, ONES)));
    }

    @Test
    void meansAndDeviationsAreInTheOrderOfThePlanes() {
        assertArrayEquals(new float[] {29, 199, 9, 24, 1.75f, 9.25f},
                write(new PixelScaling(Order.BGR, 1, new float[] {1, 2, 3}, new float[] {1, 2, 4})));
    }

    @Test
    void samplesAreDividedBeforeTheMeanIsSubtracted() {
        float[] mean = {0.5f, 0.5f, 0.5f};

        assertArrayEquals(new float[] {0.5f, 3.5f, 1.5f, 4.5f, 2.5f, 19.5f},
                write(new PixelScaling(Order.RGB, 10, mean, ONES)));
        assertEquals((200 / 255f - 0.406f) / 0.225f,
                write(new PixelScaling(Order.BGR, 255, new float[] {0.406f, 0, 0}, new float[] {0.225f, 1, 1}))[1]);
    }

    @Test
    void aPictureTakesItsPlaceOfTheBatchOnly() {
        float[] batch = new float[18];
        new PixelScaling(Order.RGB, 1, ZEROS, ONES).write(PICTURE, batch, 1);

        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 10, 40, 20, 50, 30, 200, 0, 0, 0, 0, 0, 0}, batch);
    }

    @Test
    void aPlaceOutsideTheBatchIsRefused() {
        PixelScaling scaling = new PixelScaling(Order.RGB, 1, ZEROS, ONES);

        assertEquals("There is no place 1 for a picture of 3x2x1 in a batch of 11 elements.",
                assertThrows(HarDNetException.class, () -> scaling.write(PICTURE, new float[11], 1)).getMessage());
    }
}
