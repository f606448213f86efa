package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AntialiasedResizeTest {

    static Stream<List<String>> resizes() {
        return Fixtures.rows("resizes.tsv");
    }

    @ParameterizedTest
    @MethodSource("resizes")
    void everyPixelIsPillows(List<String> row) {
        List<Integer> sizes = row.subList(0, 4).stream().map(Integer::valueOf).toList();

        RgbImage picture = Fixtures.synthetic(sizes.get(0), sizes.get(1));

        RgbImage resized = AntialiasedResize.resize(picture, sizes.get(2), sizes.get(3));

        assertEquals(sizes.get(2), resized.width());
        assertEquals(sizes.get(3), resized.height());
        assertEquals(row.get(4), Fixtures.crc(resized));
    }

    @Test
    void theSameSizeIsTheSamePicture() {
        RgbImage picture = Fixtures.synthetic(20, 10);

        assertSame(picture, AntialiasedResize.resize(picture, 20, 10));
    }

    @Test
    void aSizeBelowOneIsRefused() {
        RgbImage picture = Fixtures.synthetic(20, 10);

        assertEquals("A picture cannot be resized to 0x5: both sides must be at least 1.",
                assertThrows(HarDNetException.class, () -> AntialiasedResize.resize(picture, 0, 5)).getMessage());
    }
}
