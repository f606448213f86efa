package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RgbImageTest {
    private static final int[] COLORS = {0xffff0000, 0xff00ff00, 0xff0000ff, 0xff123456, 0xff000000, 0xffffffff};
    private static final byte[] SAMPLES = {
        (byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 0x12, 0x34, 0x56, 0, 0, 0, -1, -1, -1};

    private static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(3, 2, type);
        image.setRGB(0, 0, 3, 2, COLORS, 0, 3);
        return image;
    }

    @ParameterizedTest
    @ValueSource(ints = {
        BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_INT_BGR, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_4BYTE_ABGR_PRE})
    void everyTypeOfColourImageGivesItsSamples(int type) {
        assertArrayEquals(SAMPLES, RgbImage.of(image(type)).pixels());
    }

    @Test
    void aPartOfAnImageGivesThatPart() {
        assertArrayEquals(new byte[] {0, 0, (byte) 255, -1, -1, -1},
                RgbImage.of(image(BufferedImage.TYPE_3BYTE_BGR).getSubimage(2, 0, 1, 2)).pixels());
        assertArrayEquals(new byte[] {0, 0, (byte) 255, -1, -1, -1},
                RgbImage.of(image(BufferedImage.TYPE_INT_RGB).getSubimage(2, 0, 1, 2)).pixels());
    }

    @Test
    void transparencyIsDropped() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00112233);

        assertArrayEquals(new byte[] {0x11, 0x22, 0x33}, RgbImage.of(image).pixels());
    }

    @Test
    void greyIsRepeatedAsItIs() {
        BufferedImage bytes = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        bytes.getRaster().setSample(0, 0, 0, 77);
        BufferedImage shorts = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        shorts.getRaster().setSample(0, 0, 0, 0x9abc);

        assertArrayEquals(new byte[] {77, 77, 77}, RgbImage.of(bytes).pixels());
        assertArrayEquals(new byte[] {(byte) 0x9a, (byte) 0x9a, (byte) 0x9a}, RgbImage.of(shorts).pixels());
    }

    @Test
    void theWayToAnAwtImageAndBackChangesNothing() {
        RgbImage picture = Fixtures.synthetic(13, 7);

        assertArrayEquals(picture.pixels(), RgbImage.of(picture.toBufferedImage()).pixels());
        assertEquals(0xff5a6b7c, new RgbImage(1, 1, new byte[] {0x5a, 0x6b, 0x7c}).toBufferedImage().getRGB(0, 0));
    }

    @Test
    void anArrayOfTheWrongLengthIsRefused() {
        assertEquals("A picture of 2x2 pixels cannot be made of 11 bytes: both sides must be at least 1 "
                + "and there must be 3 bytes for each pixel.",
                assertThrows(HarDNetException.class, () -> new RgbImage(2, 2, new byte[11])).getMessage());
        assertThrows(HarDNetException.class, () -> new RgbImage(0, 2, new byte[0]));
    }
}
