package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
    @TempDir
    private Path folder;

    private Path touch(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    @Test
    void aFolderGivesItsPicturesSortedWithThoseOfItsSubfolders() throws IOException {
        Path c = touch("c.JPG");
        Path a = touch("a.jpeg");
        Path deep = touch("b/deep/x.Png");
        Path gif = touch("b/y.gif");
        Path bmp = touch("d.bmp");
        touch("notes.txt");
        touch("jpg");
        touch(".hidden.jpg");
        touch(".cache/z.jpg");

        assertEquals(List.of(a, deep, gif, c, bmp), PictureFiles.expand(List.of(folder)));
    }

    @Test
    void namedFilesStayInTheirOrderOnceEach() throws IOException {
        Path z = touch("z.jpg");
        Path odd = touch("a.dat");

        assertEquals(List.of(z, odd), PictureFiles.expand(List.of(z, odd, z)));
        assertEquals(List.of(odd, z), PictureFiles.expand(List.of(odd, folder)));
        assertEquals(List.of(), PictureFiles.expand(List.of()));
    }

    @Test
    void aLinkIntoItsOwnFolderDoesNotLoop() throws IOException {
        Path file = touch("b/x.png");
        Files.createSymbolicLink(folder.resolve("b/loop"), folder);

        assertEquals(List.of(file), PictureFiles.expand(List.of(folder)));
    }

    @Test
    void missingPathsAndEmptyFoldersAreNamed() throws IOException {
        Path missing = folder.resolve("missing");
        touch("notes.txt");

        assertEquals(missing + " does not exist, but a picture file or a folder of pictures is expected.",
                assertThrows(HarDNetException.class, () -> PictureFiles.expand(List.of(missing))).getMessage());
        assertEquals("The folder %s holds no pictures, expected files named .jpg, .jpeg, .png, .gif or .bmp."
                .formatted(folder),
                assertThrows(HarDNetException.class, () -> PictureFiles.expand(List.of(folder))).getMessage());
    }
}
