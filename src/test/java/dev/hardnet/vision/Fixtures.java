package dev.hardnet.vision;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Small files made with Pillow 9.4, and tables of what it makes of them: CRC-32 of the RGB bytes, row by row. */
final class Fixtures {
    private Fixtures() {
    }

    static byte[] bytes(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<List<String>> rows(String table) {
        return new String(bytes(table), StandardCharsets.UTF_8).lines().skip(1).map(row -> List.of(row.split("\t")));
    }

    static String crc(RgbImage picture) {
        CRC32 crc = new CRC32();
        crc.update(picture.pixels());
        return "%08x".formatted(crc.getValue());
    }

    /** A picture of any size that Python and Java make alike. */
    static RgbImage synthetic(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        int i = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    pixels[i++] = (byte) (x * x * 7 + y * 13 + c * 85 + x * y);
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }
}
