package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AffineWarpTest {
    /** What {@code warpAffine} of OpenCV 4.14 makes of synthetic pictures. */
    static Stream<List<String>> warps() {
        return Fixtures.rows("warps.tsv");
    }

    @ParameterizedTest
    @MethodSource("warps")
    void everyPixelIsOpenCvs(List<String> row) {
        List<Integer> sizes = row.subList(0, 4).stream().map(Integer::valueOf).toList();
        RgbImage picture = Fixtures.synthetic(sizes.get(0), sizes.get(1));
        Placement placement = Placement.of(PictureFit.valueOf(row.get(4)), picture.width(), picture.height(),
                sizes.get(2), sizes.get(3));

        RgbImage warped = AffineWarp.warp(picture, placement, sizes.get(2), sizes.get(3));

        assertEquals(sizes.get(2), warped.width());
        assertEquals(sizes.get(3), warped.height());
        assertEquals(row.get(5), Fixtures.crc(warped));
    }

    @Test
    void pixelsHaveTheirCentresAtWholePositionsAndBlackLiesBeyondTheEdge() {
        RgbImage picture = new RgbImage(2, 1, new byte[] {100, 100, 100, (byte) 200, (byte) 200, (byte) 200});

        RgbImage warped = AffineWarp.warp(picture, new Placement(2, 1, 1, 0, 4, 1), 6, 1);

        // Positions -0.5, 0, 0.5, 1, 1.5, 2.
        byte[] green = new byte[6];
        for (int i = 0; i < green.length; i++) {
            green[i] = warped.pixels()[3 * i + 1];
        }
        assertArrayEquals(new byte[] {50, 100, (byte) 150, (byte) 200, 100, 0}, green);
    }
}
