package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SegmentationMapTest {
    private static final Labels LABELS = Labels.of(List.of("sky", "road", "car"));
    /** Three columns, two rows. */
    private static final SegmentationMap MAP = SegmentationMap.of(3, 2, new byte[] {0, 0, 2, 1, 2, 2}, LABELS);

    private static String refusal(Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }

    @Test
    void tellsTheClassOfEachPixel() {
        assertEquals(3, MAP.width());
        assertEquals(2, MAP.height());
        assertEquals(2, MAP.classAt(2, 0));
        assertEquals(1, MAP.classAt(0, 1));
        assertEquals("road", MAP.label(0, 1));
        assertSame(LABELS, MAP.labels());
        assertThrows(IndexOutOfBoundsException.class, () -> MAP.classAt(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> MAP.classAt(0, -1));
    }

    @Test
    void countsPixelsAndSortsWhatIsThereByItsShare() {
        assertArrayEquals(new int[] {2, 1, 3}, MAP.counts());
        assertEquals(List.of(new ClassShare("car", 2, 3, 0.5), new ClassShare("sky", 0, 2, 2 / 6.0),
                new ClassShare("road", 1, 1, 1 / 6.0)), MAP.shares());
        assertEquals("3x2 pixels: car 50.0%, sky 33.3%, road 16.7%", MAP.toString());
    }

    @Test
    void absentClassesHaveNoShareAndEqualsStandInTheirOrder() {
        SegmentationMap map = SegmentationMap.of(2, 1, new byte[] {2, 0}, LABELS);

        assertArrayEquals(new int[] {1, 0, 1}, map.counts());
        assertEquals(List.of("sky 50.0%", "car 50.0%"), map.shares().stream().map(ClassShare::toString).toList());
    }

    @Test
    void whatIsThereNeverHasAShareOfNothing() {
        assertEquals("car <0.1%", new ClassShare("car", 2, 1, 0.00049).toString());
        assertEquals("car 0.1%", new ClassShare("car", 2, 1, 0.0005).toString());
        assertEquals("car 100.0%", new ClassShare("car", 2, 1, 1).toString());
    }

    @Test
    void bytesAreUnsigned() {
        SegmentationMap map = SegmentationMap.of(1, 1, new byte[] {(byte) 200}, Labels.numbered(256));

        assertEquals(200, map.classAt(0, 0));
        assertEquals("class 200", map.label(0, 0));
    }

    @Test
    void nobodyCanChangeItThroughAnArray() {
        byte[] classes = {0, 1, 2};
        float[] scores = {1, 0, 0, 0, 1, 1};
        SegmentationMap map = SegmentationMap.of(3, 1, classes, LABELS);
        SegmentationMap scored = SegmentationMap.of(2, 1, scores, LABELS);
        classes[0] = 2;
        scores[0] = -1;
        map.classes()[1] = 2;
        map.counts()[0] = 9;
        scored.scores()[0] = -1;

        assertArrayEquals(new byte[] {0, 1, 2}, map.classes());
        assertArrayEquals(new int[] {1, 1, 1}, map.counts());
        assertArrayEquals(new float[] {1, 0, 0, 0, 1, 1}, scored.scores());
    }

    @Test
    void equalMapsAreEqual() {
        SegmentationMap same = SegmentationMap.of(3, 2, MAP.classes(), Labels.of(LABELS.names()));
        float[] scores = {1, 0, 0, 1};
        Labels two = Labels.numbered(2);

        assertEquals(MAP, same);
        assertEquals(MAP.hashCode(), same.hashCode());
        assertNotEquals(MAP, SegmentationMap.of(2, 3, MAP.classes(), LABELS));
        assertNotEquals(MAP, SegmentationMap.of(3, 2, MAP.classes(), Labels.numbered(3)));
        assertNotEquals(MAP, SegmentationMap.of(3, 2, new byte[] {0, 0, 2, 1, 2, 1}, LABELS));
        assertNotEquals(SegmentationMap.of(2, 1, scores, two),
                SegmentationMap.of(2, 1, new byte[] {0, 1}, two));
    }

    @Test
    void scoresChooseTheHighestAndOfEqualsTheFirst() {
        SegmentationMap map = SegmentationMap.of(4, 1,
                new float[] {5, 1, -3, 0, 4, 1, -1, 0, 6, 0, -2, Float.NEGATIVE_INFINITY}, LABELS);

        assertArrayEquals(new byte[] {2, 0, 1, 0}, map.classes());
        assertTrue(map.hasScores());
        assertEquals(4, map.score(1, 0, 0));
        assertEquals(-2, map.score(2, 2, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> map.score(3, 0, 0));
    }

    @Test
    void aMapOfClassesHasNoScores() {
        assertFalse(MAP.hasScores());
        assertEquals("This map was made without scores.",
                assertThrows(IllegalStateException.class, MAP::scores).getMessage());
        assertThrows(IllegalStateException.class, () -> MAP.score(0, 0, 0));
    }

    @Test
    void resizingTakesTheNearestPixel() {
        assertArrayEquals(new byte[] {0, 0, 0, 0, 2, 2, 1, 1, 2, 2, 2, 2}, MAP.resize(6, 2).classes());
        assertArrayEquals(new byte[] {0, 0, 0, 2, 2, 0, 0, 0, 2, 2, 1, 1, 2, 2, 2, 1, 1, 2, 2, 2},
                MAP.resize(5, 4).classes());
        assertArrayEquals(new byte[] {2}, MAP.resize(1, 1).classes());
        assertSame(MAP, MAP.resize(3, 2));
        assertSame(LABELS, MAP.resize(1, 9).labels());
    }

    @Test
    void impossibleMapsAreRefused() {
        assertEquals("A map of 3x2 pixels cannot be made of 5 bytes: both sides must be at least 1 and there must be a "
                + "byte for each pixel.", refusal(() -> SegmentationMap.of(3, 2, new byte[5], LABELS)));
        assertEquals("A map of 0x0 pixels cannot be made of 0 bytes: both sides must be at least 1 and there must be a "
                + "byte for each pixel.", refusal(() -> SegmentationMap.of(0, 0, new byte[0], LABELS)));
        assertEquals("There are 2 pixels of class 255, expected classes 0 to 2 (3 labels of the list given).",
                refusal(() -> SegmentationMap.of(3, 1, new byte[] {-1, 0, -1}, LABELS)));
        assertEquals("A map of pixels tells up to 256 classes apart, but there are 257 labels of a list of 257.",
                refusal(() -> SegmentationMap.of(1, 1, new byte[1], Labels.numbered(257))));
        assertEquals("A map of 1x1 pixels cannot be made of 2 scores: both sides must be at least 1 and there must be "
                + "one for each pixel and each of the 3 labels of the list given.",
                refusal(() -> SegmentationMap.of(1, 1, new float[2], LABELS)));
        assertEquals("The score of class 1 at pixel 0 is not a number.",
                refusal(() -> SegmentationMap.of(1, 1, new float[] {0, Float.NaN, 0}, LABELS)));
        assertEquals("A map cannot be resized to 0x3: both sides must be at least 1 and the product below 2^31.",
                refusal(() -> MAP.resize(0, 3)));
        assertEquals("A map cannot be resized to 65536x65536: both sides must be at least 1 and the product below "
                + "2^31.", refusal(() -> MAP.resize(65_536, 65_536)));
    }

    @Test
    void thePixelsOfAPalettePngAreTheClasses() throws IOException {
        byte[] classes = new byte[37 * 19];
        IntStream.range(0, classes.length).forEach(i -> classes[i] = (byte) (i % 19));
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(SegmentationMap.of(37, 19, classes, Labels.cityscapes()).toIndexedImage(Palette.cityscapes()),
                "png", png);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));

        assertInstanceOf(IndexColorModel.class, read.getColorModel());
        assertArrayEquals(classes, (byte[]) read.getRaster().getDataElements(0, 0, 37, 19, null));
        assertEquals(0xff804080, read.getRGB(0, 0));
        assertEquals(0xff770b20, read.getRGB(18, 0));
    }

    @Test
    void allClassesOfABytePassThroughAPng() throws IOException {
        byte[] classes = new byte[256];
        IntStream.range(0, 256).forEach(i -> classes[i] = (byte) i);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(SegmentationMap.of(16, 16, classes, Labels.numbered(256)).toIndexedImage(Palette.generated(256)),
                "png", png);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));

        assertArrayEquals(classes, (byte[]) read.getRaster().getDataElements(0, 0, 16, 16, null));
    }

    @Test
    void aPaletteOfOtherClassesIsRefused() {
        assertEquals("Expected 3 colours, found 19 in cityscapes_19.tsv.",
                refusal(() -> MAP.toIndexedImage(Palette.cityscapes())));
    }
}
