package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DetectorInputTest {
    private static final int WHITE = 255;

    private static BufferedImage filled(int width, int height, Color color) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return picture;
    }

    @Test
    void centerNetSeesBlueGreenRedNormalised() {
        Tensor input = DetectorInput.centerNet(8, 12, PictureFit.STRETCH).apply(filled(12, 8, new Color(10, 20, 30)));

        assertArrayEquals(new int[] {1, 3, 8, 12}, input.shape());
        assertEquals((30 / 255f - 0.40789654f) / 0.28863828f, input.data()[0], 1e-6f);
        assertEquals((20 / 255f - 0.44719302f) / 0.27408164f, input.data()[96], 1e-6f);
        assertEquals((10 / 255f - 0.47026115f) / 0.27809835f, input.data()[2 * 96], 1e-6f);
    }

    @Test
    void ssdSeesBlueGreenRedLessTheirMeans() {
        Tensor input = DetectorInput.ssd(300, PictureFit.STRETCH).apply(filled(7, 9, new Color(10, 20, 30)));

        assertArrayEquals(new int[] {1, 3, 300, 300}, input.shape());
        assertEquals(30 - 104f, input.data()[0]);
        assertEquals(20 - 117f, input.data()[300 * 300]);
        assertEquals(10 - 123f, input.data()[3 * 300 * 300 - 1]);
    }

    @Test
    void whatAPaddedInputLeavesFreeIsBlack() {
        BufferedImage wide = filled(200, 100, Color.WHITE);

        float[] centerNet = DetectorInput.centerNet(100, 100, PictureFit.PAD).apply(wide).data();
        assertEquals(-0.40789654f / 0.28863828f, centerNet[24 * 100 + 50], 1e-6f);
        assertEquals((1 - 0.40789654f) / 0.28863828f, centerNet[25 * 100 + 50], 1e-6f);
        assertEquals(-0.40789654f / 0.28863828f, centerNet[75 * 100 + 50], 1e-6f);

        float[] ssd = DetectorInput.ssd(100, PictureFit.PAD).apply(wide).data();
        assertEquals(-104f, ssd[24 * 100 + 50]);
        assertEquals(WHITE - 104f, ssd[25 * 100 + 50]);
        assertEquals(WHITE - 104f, ssd[74 * 100 + 99]);
        assertEquals(-104f, ssd[75 * 100 + 50]);
    }

    @Test
    void eachPictureOfABatchHasItsPlace() {
        DetectorInput input = DetectorInput.centerNet(64, 96, PictureFit.STRETCH);
        RgbImage first = Fixtures.synthetic(50, 70);
        RgbImage second = Fixtures.synthetic(120, 31);
        Tensor batch = Tensor.zeros(2, 3, 64, 96);

        input.apply(first, batch.data(), 0);
        input.apply(second, batch.data(), 1);

        Tensor both = Tensor.zeros(2, 3, 64, 96);
        float[] one = input.apply(first.toBufferedImage()).data();
        float[] other = input.apply(second.toBufferedImage()).data();
        System.arraycopy(one, 0, both.data(), 0, one.length);
        System.arraycopy(other, 0, both.data(), one.length, other.length);
        assertArrayEquals(both.data(), batch.data());
        assertEquals("There is no place 2 for a picture of 3x64x96 in a batch of 36864 elements.",
                assertThrows(HarDNetException.class, () -> input.apply(first, batch.data(), 2)).getMessage());
    }

    static Stream<Arguments> inputs() {
        return Stream.of(PictureFit.values()).flatMap(fit -> Stream.of(
                Arguments.of(DetectorInput.centerNet(128, 192, fit), 640, 427),
                Arguments.of(DetectorInput.centerNet(128, 192, fit), 90, 300),
                Arguments.of(DetectorInput.ssd(300, fit), 640, 427),
                Arguments.of(DetectorInput.ssd(300, fit), 90, 300)));
    }

    /** A white rectangle is found in the input by its samples, and mapped back. */
    @ParameterizedTest
    @MethodSource("inputs")
    void aBoxDrawnInThePictureSurvivesTheRoundTrip(DetectorInput input, int width, int height) {
        BufferedImage picture = filled(width, height, Color.BLACK);
        Box drawn = new Box(width / 5, height / 3, width / 2, height / 4);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect((int) drawn.x(), (int) drawn.y(), (int) drawn.width(), (int) drawn.height());
        graphics.dispose();
        Placement placement = input.placement(width, height);

        Box found = placement.toPicture(brightPart(input.apply(picture)));

        double toleranceX = 1 + 1 / placement.scaleX();
        double toleranceY = 1 + 1 / placement.scaleY();
        assertEquals(drawn.x(), found.x(), toleranceX);
        assertEquals(drawn.y(), found.y(), toleranceY);
        assertEquals(drawn.right(), found.right(), toleranceX);
        assertEquals(drawn.bottom(), found.bottom(), toleranceY);
    }

    /** The bounds of the first plane's pixels that are nearer to its brightest than to its darkest. */
    private static DecodedBox brightPart(Tensor input) {
        float low = Float.MAX_VALUE;
        float high = -Float.MAX_VALUE;
        int width = input.size(3);
        int plane = input.size(2) * width;
        for (int i = 0; i < plane; i++) {
            low = Math.min(low, input.data()[i]);
            high = Math.max(high, input.data()[i]);
        }
        int left = width;
        int right = -1;
        int top = -1;
        int bottom = -1;
        for (int i = 0; i < plane; i++) {
            if (input.data()[i] > (low + high) / 2) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = top < 0 ? i / width : top;
                bottom = i / width;
            }
        }
        return new DecodedBox(left, top, right + 1, bottom + 1, 1, 0);
    }

    @ParameterizedTest
    @EnumSource(PictureFit.class)
    void theInputsBoxOfAPicturesBoxIsMappedBackToIt(PictureFit fit) {
        Placement placement = DetectorInput.centerNet(96, 160, fit).placement(333, 517);
        Box box = new Box(10.25, 20.5, 100, 300.75);

        Box input = placement.toInput(box);
        Box back = placement.toPicture(new DecodedBox(input.x(), input.y(), input.right(), input.bottom(), 1, 0));

        assertEquals(box.x(), back.x(), 1e-9);
        assertEquals(box.y(), back.y(), 1e-9);
        assertEquals(box.right(), back.right(), 1e-9);
        assertEquals(box.bottom(), back.bottom(), 1e-9);
    }

    @Test
    void whatLiesBeyondThePictureIsCutOff() {
        Placement placement = DetectorInput.centerNet(100, 100, PictureFit.PAD).placement(200, 100);

        assertEquals(new Placement(200, 100, 0, 25, 100, 50), placement);
        assertEquals(new Box(0, 0, 200, 100), placement.toPicture(new DecodedBox(-9, 0, 1e30, 99, 1, 0)));
        assertEquals(0, placement.toPicture(new DecodedBox(10, 0, 90, 20, 1, 0)).area());
        assertEquals(0, placement.toPicture(new DecodedBox(60, 40, 50, 60, 1, 0)).area());
    }

    @Test
    void aPaddedPictureFillsOneSideAndAtLeastAPixelOfTheOther() {
        assertEquals(new Placement(3, 1000, 31, 0, 1, 64), Placement.of(PictureFit.PAD, 3, 1000, 64, 64));
        assertEquals(new Placement(1000, 3, 0, 31, 64, 1), Placement.of(PictureFit.PAD, 1000, 3, 64, 64));
        assertEquals(new Placement(30, 20, 0, 10, 60, 40), Placement.of(PictureFit.PAD, 30, 20, 60, 60));
        assertEquals(new Placement(30, 20, 0, 0, 60, 60), Placement.of(PictureFit.STRETCH, 30, 20, 60, 60));
    }

    @Test
    void sizesOutOfRangeAreRefused() {
        assertEquals("A detection network cannot have an input of 0x5 pixels: both sides must be at least 1 and all "
                + "samples fewer than 2^31.", assertThrows(HarDNetException.class,
                        () -> DetectorInput.centerNet(0, 5, PictureFit.STRETCH)).getMessage());
        assertThrows(HarDNetException.class, () -> DetectorInput.ssd(30_000, PictureFit.STRETCH));
    }
}
