package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionOverlayTest {
    private static final int RED = 0xd00000;
    private static final int GREEN = 0x00a000;
    private static final DetectionOverlay OVERLAY = new DetectionOverlay(Palette.of(RED, GREEN));

    private static BufferedImage grey(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, 0x808080);
            }
        }
        return picture;
    }

    private static Detection of(int classIndex, double score, double x, double y, double width, double height) {
        return new Detection("thing", classIndex, score, new Box(x, y, width, height));
    }

    private static BufferedImage draw(int width, int height, Detection... detections) {
        return OVERLAY.draw(grey(width, height), new Detections(width, height, List.of(detections)));
    }

    private static int rgb(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) & 0xffffff;
    }

    private static int count(BufferedImage picture, int color) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += rgb(picture, x, y) == color ? 1 : 0;
            }
        }
        return count;
    }

    /** Pixels nearer to white than to a colour of the palette; letters have few that are all white. */
    private static int light(BufferedImage picture) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += (rgb(picture, x, y) & 0xff) > 0x90 ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void aFrameOfItsClassesColourGoesAroundTheBox() {
        BufferedImage drawn = draw(400, 300, of(1, 0.9, 100, 100, 200, 120));

        assertEquals(GREEN, rgb(drawn, 100, 160));
        assertEquals(GREEN, rgb(drawn, 300, 160));
        assertEquals(GREEN, rgb(drawn, 200, 100));
        assertEquals(GREEN, rgb(drawn, 200, 220));
        assertEquals(0x808080, rgb(drawn, 200, 160));
        assertEquals(0x808080, rgb(drawn, 350, 160));
    }

    @Test
    void aFrameOnThePicturesEdgeIsWhollyVisible() {
        BufferedImage drawn = draw(400, 300, of(0, 0.9, 0, 0, 400, 300));

        assertEquals(RED, rgb(drawn, 0, 200));
        assertEquals(RED, rgb(drawn, 399, 200));
        assertEquals(RED, rgb(drawn, 200, 299));
        assertEquals(RED, rgb(drawn, 300, 0));
    }

    @Test
    void theLabelStandsOnTheFrameInReadableInk() {
        BufferedImage drawn = draw(400, 300, of(0, 0.9, 100, 100, 200, 120));
        OverlayText text = OverlayText.forPicture(400, 300);
        BufferedImage chip = drawn.getSubimage(100, 98 - text.chipHeight(), text.chipWidth("thing 90%") - 2,
                text.chipHeight());

        assertTrue(count(chip, RED) > chip.getWidth() * chip.getHeight() / 3);
        assertTrue(light(chip) > 50);
    }

    @Test
    void strongFramesLieOnWeakOnes() {
        BufferedImage weakFirst = draw(400, 300, of(0, 0.4, 100, 100, 150, 100), of(1, 0.9, 100, 100, 150, 100));
        BufferedImage strongFirst = draw(400, 300, of(1, 0.9, 100, 100, 150, 100), of(0, 0.4, 100, 100, 150, 100));

        assertEquals(GREEN, rgb(weakFirst, 250, 150));
        assertArrayEquals(RgbImage.of(weakFirst).pixels(), RgbImage.of(strongFirst).pixels());
    }

    @Test
    void thePictureGivenIsNotChanged() {
        BufferedImage picture = grey(90, 60);

        BufferedImage drawn = OVERLAY.draw(picture, new Detections(90, 60, List.of(of(0, 0.9, 10, 10, 50, 40))));

        assertArrayEquals(RgbImage.of(grey(90, 60)).pixels(), RgbImage.of(picture).pixels());
        assertEquals(90, drawn.getWidth());
        assertEquals(60, drawn.getHeight());
        assertArrayEquals(RgbImage.of(picture).pixels(),
                RgbImage.of(OVERLAY.draw(picture, new Detections(90, 60, List.of()))).pixels());
    }

    @ParameterizedTest
    @CsvSource({"200,150,2", "1200,900,4", "4000,3000,13"})
    void linesGrowWithThePicture(int width, int height, int line) {
        BufferedImage drawn = draw(width, height, of(0, 0.9, width / 4, height / 4, width / 2, height / 2));

        int thick = 0;
        for (int x = width / 2; x < width; x++) {
            thick += rgb(drawn, x, height / 2) == RED ? 1 : 0;
        }
        assertEquals(line, thick, 1);
    }

    @Test
    void manyLabelsLeaveMostOfASmallPictureVisible() {
        List<Detection> crowd = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            crowd.add(of(0, 0.9 - 0.01 * i, 90, 70, 4, 4));
        }

        BufferedImage drawn = OVERLAY.draw(grey(200, 150), new Detections(200, 150, crowd));

        assertTrue(count(drawn, 0x808080) > 200 * 150 / 2);
    }

    @Test
    void evenAPictureOfOnePixelCanBeDrawnOn() {
        assertEquals(1, draw(1, 1, of(0, 0.9, 0, 0, 1, 1)).getWidth());
        assertEquals(3, draw(3, 2, of(0, 0.9, 0.5, 0.5, 0, 0)).getWidth());
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() {
        assertEquals("The picture has 20x10 pixels, but the detections are those of one of 10x20.",
                assertThrows(HarDNetException.class,
                        () -> OVERLAY.draw(grey(20, 10), new Detections(10, 20, List.of()))).getMessage());
        assertEquals("Class 2 (thing) has no colour among the 2 of the palette.",
                assertThrows(HarDNetException.class, () -> draw(100, 100, of(2, 0.9, 1, 1, 9, 9))).getMessage());
    }
}
