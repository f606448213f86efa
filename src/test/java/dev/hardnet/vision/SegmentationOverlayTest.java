package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationOverlayTest {
    private static final Palette CITYSCAPES = Palette.cityscapes();
    private static final SegmentationOverlay OVERLAY = new SegmentationOverlay(CITYSCAPES);

    /** Vertical stripes: the first class has one column, the second two, and so on. */
    private static SegmentationMap stripes(int height, int... classes) {
        int width = classes.length * (classes.length + 1) / 2;
        byte[] pixels = new byte[width * height];
        for (int stripe = 0, x = 0; stripe < classes.length; stripe++) {
            for (int i = 0; i <= stripe; i++, x++) {
                for (int y = 0; y < height; y++) {
                    pixels[y * width + x] = (byte) classes[stripe];
                }
            }
        }
        return SegmentationMap.of(width, height, pixels, Labels.cityscapes());
    }

    private static SegmentationMap halves(int width, int height, int left, int right) {
        byte[] pixels = new byte[width * height];
        Arrays.setAll(new int[pixels.length], i -> pixels[i] = (byte) (i % width < width / 2 ? left : right));
        return SegmentationMap.of(width, height, pixels, Labels.cityscapes());
    }

    private static int mixed(int picture, int color, double opacity) {
        int rgb = 0xff;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int level = picture >> shift & 0xff;
            rgb = rgb << 8 | (int) Math.round(level * (1 - opacity) + (color >> shift & 0xff) * opacity);
        }
        return rgb;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 1})
    void pixelsAreMixedInPlaceAndOutlinedInFullColour(double opacity) {
        BufferedImage picture = Fixtures.synthetic(40, 30).toBufferedImage();
        BufferedImage overlay = OVERLAY.opacity(opacity).draw(picture, halves(40, 30, 0, 13));

        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                int color = CITYSCAPES.rgb(x < 20 ? 0 : 13);
                boolean outline = x == 19 || x == 20;
                assertEquals(outline ? 0xff000000 | color : mixed(picture.getRGB(x, y), color, opacity),
                        overlay.getRGB(x, y), "at %d, %d".formatted(x, y));
            }
        }
    }

    @Test
    void theMapIsBroughtToThePicturesSize() {
        BufferedImage picture = Fixtures.synthetic(40, 30).toBufferedImage();

        assertEquals(Arrays.toString(pixels(OVERLAY.draw(picture, halves(40, 30, 2, 10)))),
                Arrays.toString(pixels(OVERLAY.draw(picture, halves(4, 2, 2, 10)))));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void withoutALegendTheResultHasThePicturesSize() {
        BufferedImage picture = Fixtures.synthetic(40, 30).toBufferedImage();
        BufferedImage plain = OVERLAY.legend(false).draw(picture, halves(40, 30, 2, 10));

        assertEquals(40, plain.getWidth());
        assertEquals(30, plain.getHeight());
        assertEquals(Arrays.toString(pixels(plain)), Arrays.toString(
                pixels(OVERLAY.draw(picture, halves(40, 30, 2, 10)).getSubimage(0, 0, 40, 30))));
        assertEquals(BufferedImage.TYPE_3BYTE_BGR, plain.getType());
    }

    @ParameterizedTest
    @CsvSource({"200, 150", "150, 200", "640, 480", "1024, 300", "60, 900", "1, 1"})
    void theLegendListsExactlyTheClassesThatArePresent(int width, int height) {
        BufferedImage picture = Fixtures.synthetic(width, height).toBufferedImage();
        int[][] sets = {{0}, {13, 2}, {5, 6, 7, 8, 9, 10, 11}, IntStream.range(0, 19).toArray()};
        for (int[] present : sets) {
            BufferedImage overlay = OVERLAY.draw(picture, stripes(1, present));
            Set<Integer> expected = new TreeSet<>();
            Arrays.stream(present).forEach(expected::add);
            assertEquals(expected, new TreeSet<>(swatches(overlay, width, height)));
        }
    }

    /** The classes whose colours fill squares outside the picture, in the order of their uppermost pixels. */
    private static List<Integer> swatches(BufferedImage overlay, int width, int height) {
        int side = OverlayText.forPicture(width, height).size() - 2;
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        outside(overlay, width, height).forEach(rgb -> counts.merge(rgb & 0xffffff, 1, Integer::sum));
        List<Integer> found = new ArrayList<>();
        counts.forEach((color, count) -> IntStream.range(0, 19).filter(index -> CITYSCAPES.rgb(index) == color)
                .forEach(index -> {
                    assertEquals(side * side, count, "class " + index);
                    found.add(index);
                }));
        return found;
    }

    private static IntStream outside(BufferedImage overlay, int width, int height) {
        int[] pixels = pixels(overlay);
        return IntStream.range(0, pixels.length)
                .filter(i -> i % overlay.getWidth() >= width || i / overlay.getWidth() >= height).map(i -> pixels[i]);
    }

    @Test
    void theLargestClassStandsFirst() {
        int[] smallestFirst = {3, 18, 0, 11, 7};
        BufferedImage overlay = OVERLAY.draw(Fixtures.synthetic(100, 400).toBufferedImage(), stripes(1, smallestFirst));

        assertEquals(List.of(7, 11, 0, 18, 3), swatches(overlay, 100, 400));
    }

    @Test
    void thePanelStandsWhereItAddsLess() {
        SegmentationMap map = stripes(1, 0, 1, 2, 8, 10, 13);
        BufferedImage wide = OVERLAY.draw(Fixtures.synthetic(1200, 200).toBufferedImage(), map);
        BufferedImage tall = OVERLAY.draw(Fixtures.synthetic(200, 1200).toBufferedImage(), map);

        assertTrue(wide.getWidth() > 1200);
        assertEquals(200, wide.getHeight());
        assertEquals(200, tall.getWidth());
        assertTrue(tall.getHeight() > 1200);
        assertTrue(wide.getWidth() < 1500 && tall.getHeight() < 1500);
    }

    @ParameterizedTest
    @CsvSource({"200, 150", "640, 480", "1, 1"})
    void thePanelIsWhiteAtItsRimAndHasDarkInk(int width, int height) {
        BufferedImage overlay = OVERLAY.draw(Fixtures.synthetic(width, height).toBufferedImage(),
                stripes(1, IntStream.range(0, 19).toArray()));
        int right = overlay.getWidth() - 1;
        int bottom = overlay.getHeight() - 1;

        IntStream.rangeClosed(width, right).forEach(x -> assertEquals(Color.WHITE.getRGB(), overlay.getRGB(x, 0)));
        IntStream.rangeClosed(height, bottom).forEach(y -> assertEquals(Color.WHITE.getRGB(), overlay.getRGB(0, y)));
        IntStream.rangeClosed(height, bottom)
                .forEach(y -> assertEquals(Color.WHITE.getRGB(), overlay.getRGB(right, y)));
        assertTrue(outside(overlay, width, height).anyMatch(rgb -> rgb == 0xff1f2430));
    }

    @Test
    void thePictureIsNotChanged() {
        BufferedImage picture = Fixtures.synthetic(40, 30).toBufferedImage();
        int[] before = pixels(picture);
        BufferedImage overlay = OVERLAY.draw(picture, halves(40, 30, 0, 1));

        assertEquals(Arrays.toString(before), Arrays.toString(pixels(picture)));
        assertFalse(Arrays.equals(before, pixels(overlay.getSubimage(0, 0, 40, 30))));
    }

    @Test
    void refusesWhatCannotBePainted() {
        BufferedImage picture = Fixtures.synthetic(4, 3).toBufferedImage();

        assertEquals("Expected 19 colours, found 3 in a palette of 3.",
                refusal(() -> new SegmentationOverlay(Palette.generated(3)).draw(picture, halves(4, 3, 0, 1))));
        assertEquals("An opacity of 1.5 was asked for, expected 0 to 1.", refusal(() -> OVERLAY.opacity(1.5)));
        assertEquals("An opacity of NaN was asked for, expected 0 to 1.", refusal(() -> OVERLAY.opacity(Double.NaN)));
    }

    private static String refusal(Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }
}
