package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.vision.PictureFile;
import dev.hardnet.vision.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    private static final List<String> ENDINGS = List.of(".png", "-overlay.png");

    @TempDir
    private Path temporary;

    /** The names given to files found as {@code name} below folders 0, 1, 2, ... */
    private List<String> names(String... names) {
        List<PictureFile> files = Stream.of(names).map(name -> new PictureFile(Path.of("in", name, "of"), Path.of(name)))
                .toList();
        Path folder = temporary.resolve("out");
        OutputFolder output = OutputFolder.of(folder, files, ENDINGS);
        return files.stream().map(file -> folder.relativize(output.of(file.path(), ".png")).toString()).toList();
    }

    @Test
    void mirrorsTheFoldersThatWereNamed() {
        assertEquals(List.of("a.png", "b/a.png", "b/c.d/e.png", ".hidden.png", "v1.2.png"),
                names("a.jpg", "b/a.jpg", "b/c.d/e", ".hidden", "v1.2.gif"));
    }

    @Test
    void numbersWhatWouldHaveTheSameName() {
        PictureFile first = new PictureFile(Path.of("x/a.jpg"), Path.of("a.jpg"));
        PictureFile second = new PictureFile(Path.of("y/a.jpg"), Path.of("a.jpg"));
        OutputFolder output = OutputFolder.of(temporary, List.of(first, second), ENDINGS);
        assertEquals(temporary.resolve("a-overlay.png"), output.of(first.path(), "-overlay.png"));
        assertEquals(temporary.resolve("a-2-overlay.png"), output.of(second.path(), "-overlay.png"));
        assertEquals(List.of("a.png", "a-2.png", "A-3.png", "a-2-2.png"), names("a.jpg", "a.png", "A.bmp", "a-2.jpg"));
    }

    @Test
    void seesThatTheEndingOfOnePictureIsTheNameOfAnother() {
        assertEquals(List.of("a.png", "a-overlay-2.png"), names("a.jpg", "a-overlay.jpg"));
    }

    @Test
    void refusesToReplaceAPictureThatIsRead() throws IOException {
        Path picture = Files.writeString(temporary.resolve("a.png"), "precious");
        List<PictureFile> files = List.of(new PictureFile(picture, Path.of("a.png")));
        assertEquals(picture + " is one of the pictures to read and would be replaced; choose another folder with "
                + "--output.", refusal(() -> OutputFolder.of(temporary, files, ENDINGS)));
        assertEquals("precious", Files.readString(picture));
    }

    @Test
    void refusesAFolderThatIsAFileOrCannotBeWrittenTo() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        for (Path unusable : List.of(file, file.resolve("below"), Path.of("/proc/hardnet"))) {
            String sentence = refusal(() -> OutputFolder.of(unusable, List.of(), ENDINGS));
            assertTrue(sentence.startsWith("Nothing can be written to the folder " + unusable + " ("), sentence);
        }
    }

    @Test
    void writesPicturesIntoFoldersOfTheirOwnAndLeavesNothingElse() throws IOException {
        PictureFile file = new PictureFile(Path.of("b/c.jpg"), Path.of("b/c.jpg"));
        OutputFolder output = OutputFolder.of(temporary, List.of(file), ENDINGS);
        assertFalse(Files.exists(temporary.resolve("b")));
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);
        picture.setRGB(2, 1, 0x123456);
        Path target = temporary.resolve("b/c.png");
        for (int i = 0; i < 2; i++) {
            output.write(file.path(), ".png", picture);
            BufferedImage written = new PictureReader().read(target);
            assertArrayEquals(picture.getRGB(0, 0, 3, 2, null, 0, 3), written.getRGB(0, 0, 3, 2, null, 0, 3));
        }
        try (Stream<Path> all = Files.walk(temporary).filter(Files::isRegularFile)) {
            assertEquals(List.of(target), all.toList());
        }
    }

    @Test
    void aFileWhereAFolderIsNeededIsNamed() throws IOException {
        PictureFile file = new PictureFile(Path.of("b/c.jpg"), Path.of("b/c.jpg"));
        OutputFolder output = OutputFolder.of(temporary, List.of(file), ENDINGS);
        Files.createFile(temporary.resolve("b"));
        String sentence = refusal(() -> output.write(file.path(), ".png",
                new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR)));
        assertTrue(sentence.startsWith("The folder of " + temporary.resolve("b/c.png") + " cannot be made"), sentence);
    }

    private static String refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }
}
