package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearResizeTest {
    /** A grey picture of one row or one column. */
    private static RgbImage grey(int width, int height, int... levels) {
        byte[] pixels = new byte[levels.length * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) levels[i / 3];
        }
        return new RgbImage(width, height, pixels);
    }

    private static int[] levels(RgbImage picture) {
        int[] levels = new int[picture.pixels().length / 3];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = picture.pixels()[3 * i] & 0xff;
        }
        return levels;
    }

    @Test
    void twiceAsLargeQuartersTheWayBetweenPixels() {
        // Centres at -0.25, 0.25, 0.75, 1.25: weights of the second pixel 0 (beyond the edge), 1/4, 3/4, 0.
        assertArrayEquals(new int[] {0, 50, 150, 200}, levels(BilinearResize.resize(grey(2, 1, 0, 200), 4, 1)));
        assertArrayEquals(new int[] {0, 50, 150, 200}, levels(BilinearResize.resize(grey(1, 2, 0, 200), 1, 4)));
    }

    @Test
    void halfAsLargeIsTheMeanOfFourPixelsRoundedUp() {
        RgbImage half = BilinearResize.resize(grey(4, 2, 1, 2, 255, 255, 3, 4, 255, 254), 2, 1);

        // (1 + 2 + 3 + 4) / 4 = 2.5 and (255 + 255 + 255 + 254) / 4 = 254.75
        assertArrayEquals(new int[] {3, 255}, levels(half));
    }

    @Test
    void aLargerReductionLeavesPixelsOutInsteadOfAveraging() {
        // Centres at 1.5 and 5.5 of eight pixels, where an antialiased filter would reach over all of them.
        assertArrayEquals(new int[] {50, 70},
                levels(BilinearResize.resize(grey(8, 1, 255, 0, 100, 255, 255, 60, 80, 255), 2, 1)));
        // Centres at 1 and 4 of six: single pixels.
        assertArrayEquals(new int[] {7, 9}, levels(BilinearResize.resize(grey(6, 1, 0, 7, 0, 0, 9, 0), 2, 1)));
    }

    @Test
    void weightsHaveElevenBitsAndProductsAreCutAsInOpenCv() {
        // From 3 to 2: centres 0.25 and 1.75; 200 * 1536 + 100 * 512 = 358400, / 16 = 22400, * 2048 / 65536 = 700,
        // (700 + 2) / 4 = 175.5, cut to 175.
        assertArrayEquals(new int[] {175, 87}, levels(BilinearResize.resize(grey(3, 1, 200, 100, 83), 2, 1)));
        // From 3 to 7: centre 2 at 0.5714286, weights 877.7 and 1170.3 rounded to 878 and 1170.
        // 10 * 878 + 255 * 1170 = 307130, / 16 = 19195 (.6 cut), * 2048 / 65536 = 599 (.8 cut), (599 + 2) / 4 = 150.
        assertEquals(150, levels(BilinearResize.resize(grey(3, 1, 10, 255, 0), 7, 1))[2]);
    }

    @Test
    void channelsAreResizedApart() {
        RgbImage picture = new RgbImage(2, 1, new byte[] {0, 100, (byte) 200, 40, 60, 0});

        assertArrayEquals(new byte[] {0, 100, (byte) 200, 10, 90, (byte) 150, 30, 70, 50, 40, 60, 0},
                BilinearResize.resize(picture, 4, 1).pixels());
    }

    @ParameterizedTest
    @CsvSource({"33, 21, 64, 64", "33, 21, 16, 90", "1, 1, 5, 4", "1, 9, 3, 4", "40, 30, 40, 7", "97, 53, 31, 17"})
    void everyPixelIsWithinAGreyLevelOfTheExactBlend(int width, int height, int newWidth, int newHeight) {
        RgbImage picture = Fixtures.synthetic(width, height);
        RgbImage resized = BilinearResize.resize(picture, newWidth, newHeight);

        assertEquals(newWidth, resized.width());
        assertEquals(newHeight, resized.height());
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                for (int c = 0; c < 3; c++) {
                    double exact = exact(picture, (x + 0.5) * width / newWidth - 0.5,
                            (y + 0.5) * height / newHeight - 0.5, c);
                    int actual = resized.pixels()[(y * newWidth + x) * 3 + c] & 0xff;
                    assertTrue(Math.abs(exact - actual) < 1, () -> "%s, but %d".formatted(exact, actual));
                }
            }
        }
    }

    private static double exact(RgbImage picture, double x, double y, int channel) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double upper = mix(sample(picture, left, top, channel), sample(picture, left + 1, top, channel), x - left);
        double lower = mix(sample(picture, left, top + 1, channel), sample(picture, left + 1, top + 1, channel),
                x - left);
        return mix(upper, lower, y - top);
    }

    private static double mix(double first, double second, double share) {
        return first * (1 - share) + second * share;
    }

    private static int sample(RgbImage picture, int x, int y, int channel) {
        int column = Math.clamp(x, 0, picture.width() - 1);
        int row = Math.clamp(y, 0, picture.height() - 1);
        return picture.pixels()[(row * picture.width() + column) * 3 + channel] & 0xff;
    }

    @Test
    void aPictureOfThatSizeIsReturnedAsItIs() {
        RgbImage picture = Fixtures.synthetic(12, 9);

        assertSame(picture, BilinearResize.resize(picture, 12, 9));
    }

    @Test
    void anEmptyResultIsRefused() {
        assertEquals("A picture cannot be resized to 0x4: both sides must be at least 1.",
                assertThrows(HarDNetException.class, () -> BilinearResize.resize(Fixtures.synthetic(3, 3), 0, 4))
                        .getMessage());
    }
}
