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

    private List<String> names(String pattern) {
        return PictureFiles.find(folder + "/" + pattern).stream().map(file -> file.name().toString()).toList();
    }

    @Test
    void aPatternThatNoShellReplacedFindsWhatAShellWould() throws IOException {
        for (String name : List.of("a.jpg", "b/c.jpg", "b/d.png", "b/e/f.jpg", "b/e/g.JPG", "b/notes.txt", ".h/i.jpg")) {
            touch(name);
        }

        assertEquals(List.of("a.jpg"), names("*.jpg"));
        assertEquals(List.of("b/c.jpg", "b/d.png"), names("?/*"));
        assertEquals(List.of("a.jpg", "b/c.jpg", "b/e/f.jpg"), names("**/*.jpg"));
        assertEquals(List.of("c.jpg", "e/f.jpg"), names("b/**/*.jpg"));
        assertEquals(List.of("c.jpg", "d.png"), names("b/*.{jpg,png}"));
        assertEquals(List.of("e/f.jpg", "e/g.JPG"), names("b/**/[e-g]*"));
        assertEquals(List.of("f.jpg"), names("b/e/f*"));
    }

    @Test
    void aFileThatIsNamedLikeAPatternIsThatFile() throws IOException {
        Path odd = touch("a[1].jpg");
        touch("a1.jpg");

        assertEquals(List.of(new PictureFile(odd, Path.of("a[1].jpg"))), PictureFiles.find(odd.toString()));
        assertEquals(List.of("a1.jpg"), names("[a]1.jpg"));
    }

    @Test
    void aNameIsWhatFollowsTheFolderThatWasNamed() throws IOException {
        Path file = touch("b/c/x.png");

        assertEquals(List.of(new PictureFile(file, Path.of("x.png"))), PictureFiles.find(file.toString()));
        assertEquals(List.of(new PictureFile(file, Path.of("b/c/x.png"))), PictureFiles.find(folder.toString()));
        assertEquals(List.of("c/x.png"), names("b"));
    }

    @Test
    void patternsWithoutMatchAndMalformedOnesAreNamed() throws IOException {
        touch("a.jpg");

        assertEquals("No picture matches %s/*.png, expected files named .jpg, .jpeg, .png, .gif or .bmp."
                .formatted(folder), assertThrows(HarDNetException.class, () -> names("*.png")).getMessage());
        assertEquals("No picture matches %s/none/*, expected files named .jpg, .jpeg, .png, .gif or .bmp."
                .formatted(folder), assertThrows(HarDNetException.class, () -> names("none/*")).getMessage());
        assertEquals("The pattern %s/[a.jpg is malformed: Missing '].".formatted(folder),
                assertThrows(HarDNetException.class, () -> names("[a.jpg")).getMessage());
        assertEquals("'a\0b' is no path (Nul character not allowed).",
                assertThrows(HarDNetException.class, () -> PictureFiles.find("a\0b")).getMessage());
    }
}
