package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.testing.SharedFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
    private final PictureReader reader = new PictureReader();

    static Stream<List<String>> pictures() {
        return Fixtures.rows("pictures.tsv");
    }

    static Stream<List<String>> photos() {
        return Fixtures.rows("photos.tsv");
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void everyKindOfFileGivesThePixelsThatPillowGives(List<String> row) {
        RgbImage picture = RgbImage.of(reader.read(Fixtures.bytes(row.get(0)), row.get(0)));

        assertEquals(row, List.of(row.get(0), "" + picture.width(), "" + picture.height(), Fixtures.crc(picture)));
    }

    @ParameterizedTest
    @MethodSource("photos")
    void photosGiveThePixelsThatPillowGives(List<String> row) {
        RgbImage photo = RgbImage.of(reader.read(SharedFiles.path("reference", "photos", row.getFirst())));

        assertEquals(row.subList(1, 4), List.of("" + photo.width(), "" + photo.height(), Fixtures.crc(photo)));
        assertEquals(row.get(4), Fixtures.crc(Preprocessing.imageNet().cropOf(photo)));
    }

    @Test
    void filesStreamsAndArraysGiveTheSamePicture(@TempDir Path folder) throws IOException {
        byte[] bytes = Fixtures.bytes("ycc_420.jpg");
        Path file = Files.write(folder.resolve("photo.jpg"), bytes);

        String expected = Fixtures.crc(RgbImage.of(reader.read(bytes, "photo")));

        assertEquals(expected, Fixtures.crc(RgbImage.of(reader.read(file))));
        assertEquals(expected, Fixtures.crc(RgbImage.of(reader.read(new ByteArrayInputStream(bytes), "photo"))));
        assertEquals(BufferedImage.TYPE_3BYTE_BGR, reader.read(file).getType());
    }

    @Test
    void theContentsCountNotTheName(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("photo.jpg"), Fixtures.bytes("rgba.png"));

        assertEquals(37, reader.read(file).getWidth());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ycc_420.jpg", "progressive.jpg", "cmyk.jpg", "rgba.png", "palette.png", "still.gif",
        "rgb.bmp", "palette.bmp"})
    void noFileCutOffAnywhereIsTakenForAPicture(String name) {
        byte[] whole = Fixtures.bytes(name);
        // The trailer of a GIF and the padding of a BMP are no loss, in Pillow neither.
        int unneeded = name.endsWith(".gif") ? 2 : name.endsWith(".bmp") ? 3 : 0;
        for (int length = 1; length < whole.length - unneeded; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertSentence(assertThrows(HarDNetException.class, () -> reader.read(part, name),
                    "Cut off after " + length), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ycc_420.jpg", "progressive.jpg", "exif_6.jpg", "rgba.png", "palette.png", "grey_4.png",
        "still.gif", "palette.bmp"})
    void noDamagedByteDoesMoreThanFailWithASentence(String name) {
        for (int value : new int[] {0x00, 0xff, 0x7f}) {
            byte[] bytes = Fixtures.bytes(name);
            for (int i = 0; i < bytes.length; i++) {
                byte before = bytes[i];
                bytes[i] = (byte) value;
                readOrFailWithASentence(bytes, name);
                bytes[i] = before;
            }
        }
    }

    private void readOrFailWithASentence(byte[] bytes, String name) {
        try {
            reader.read(bytes, name);
        } catch (HarDNetException e) {
            assertSentence(e, name);
        }
    }

    private static void assertSentence(HarDNetException e, String name) {
        assertAll(e.getMessage(),
                () -> assertTrue(e.getMessage().startsWith(name)),
                () -> assertTrue(e.getMessage().endsWith(".")),
                () -> assertEquals(1, e.getMessage().lines().count()));
    }

    @Test
    void aDamagedPngNamesTheChunk() {
        byte[] bytes = Fixtures.bytes("rgba.png");
        bytes[100] ^= 4;

        assertEquals("x.png is a damaged PNG file: its chunk IDAT at byte 33 has the checksum %08x instead of %08x."
                .formatted(ByteBuffer.wrap(bytes).getInt(bytes.length - 16), crcOfData(bytes)),
                message(bytes, "x.png"));
    }

    private static int crcOfData(byte[] png) {
        CRC32 crc = new CRC32();
        crc.update(png, 37, png.length - 16 - 37);
        return (int) crc.getValue();
    }

    @Test
    void truncatedFilesAreNamed() {
        byte[] jpeg = Fixtures.bytes("ycc_420.jpg");
        byte[] png = Fixtures.bytes("rgba.png");

        assertEquals("x.jpg is a damaged JPEG file: it ends too early.",
                message(Arrays.copyOf(jpeg, jpeg.length - 20), "x.jpg"));
        assertEquals("x.png is a damaged PNG file: its chunk IDAT at byte 33 is cut off by the end of the file.",
                message(Arrays.copyOf(png, png.length - 20), "x.png"));
    }

    @Test
    void otherFilesAreRefusedByTheirFirstBytes() {
        assertEquals("a.jpg is empty, but a JPEG, PNG, GIF or BMP file is expected.", message(new byte[0], "a.jpg"));
        assertEquals("a.pdf is not a picture: it begins with the bytes 25 50 44 46 2d 31 2e 34, "
                + "but a JPEG, PNG, GIF or BMP file is expected.",
                message("%PDF-1.4 and more".getBytes(StandardCharsets.US_ASCII), "a.pdf"));
    }

    @Test
    void missingFilesAndFoldersAreNamed(@TempDir Path folder) {
        Path missing = folder.resolve("missing.jpg");

        assertEquals(missing + " does not exist, but a picture file is expected.",
                assertThrows(HarDNetException.class, () -> reader.read(missing)).getMessage());
        assertEquals(folder + " is a folder, but a picture file is expected.",
                assertThrows(HarDNetException.class, () -> reader.read(folder)).getMessage());
    }

    @Test
    void anEndlessStreamThatIsNoPictureIsNotReadToItsEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };

        assertThrows(HarDNetException.class, () -> reader.read(endless, "endless"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ycc_420.jpg", "rgb_16.png", "still.gif", "rgb.bmp"})
    void theLimitOfPixelsIsTheReadersOwn(String name) {
        byte[] bytes = Fixtures.bytes(name);

        assertEquals(37, new PictureReader(37 * 23).read(bytes, name).getWidth());
        assertEquals(name + " claims to be 37x23, 851 pixels, but at most 850 are allowed.",
                assertThrows(HarDNetException.class, () -> new PictureReader(850).read(bytes, name)).getMessage());
    }

    @Test
    void hugeClaimsAreRefusedBeforeAnythingIsDecoded() {
        byte[] jpeg = Fixtures.bytes("ycc_420.jpg");
        int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65500).putShort(frame + 7, (short) 65500);
        byte[] png = Fixtures.bytes("rgba.png");
        ByteBuffer.wrap(png).putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);

        assertEquals("x.jpg claims to be 65500x65500, 4290250000 pixels, but at most 89478485 are allowed.",
                message(jpeg, "x.jpg"));
        assertEquals("x.png claims to be 2000000000x2000000000, 4000000000000000000 pixels, "
                + "but at most 89478485 are allowed.", message(png, "x.png"));
    }

    @Test
    void aLimitBelowOnePixelIsRefused() {
        assertEquals("A limit of 0 pixels admits no picture: it must be at least 1.",
                assertThrows(HarDNetException.class, () -> new PictureReader(0)).getMessage());
    }

    @Test
    void nothingIsPrinted() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            System.setErr(capture);
            pictures().forEach(row -> readOrFailWithASentence(Fixtures.bytes(row.getFirst()), row.getFirst()));
            byte[] jpeg = Fixtures.bytes("ycc_420.jpg");
            readOrFailWithASentence(Arrays.copyOf(jpeg, jpeg.length / 2), "half.jpg");
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    private String message(byte[] bytes, String name) {
        return assertThrows(HarDNetException.class, () -> reader.read(bytes, name)).getMessage();
    }
}
