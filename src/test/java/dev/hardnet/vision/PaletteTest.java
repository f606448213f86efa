package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.testing.SharedFiles;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PaletteTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("classes.tsv"), text);
    }

    private static String refusal(Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }

    @Test
    void cityscapesColoursAreThePublishedOnes() {
        Palette palette = Palette.cityscapes();

        assertEquals(Palette.read(SharedFiles.path("reference", "labels", "cityscapes_19.tsv")), palette);
        assertEquals(19, palette.size());
        assertEquals(new Color(128, 64, 128), palette.color(0));
        assertEquals(new Color(152, 251, 152), palette.color(9));
        assertEquals(0x770b20, palette.rgb(18));
    }

    @Test
    void coloursOfATableAreFoundByTheirNames() throws IOException {
        assertEquals(Palette.of(0x010203, 0xff00fe),
                Palette.read(file("blue\tname\tred\tgreen\n3\tsea\t1\t2\n 254\tpink\t255\t0\n\n")));
    }

    @Test
    void filesWithoutColoursGetGeneratedOnes() throws IOException {
        assertEquals(Palette.generated(3), Palette.read(file("cat\ndog\nhorse\n")));
        assertEquals(Palette.generated(2), Palette.read(file("index\tname\n0\tcat\n1\tdog\n")));
    }

    @Test
    void badColoursAreRefusedWithTheirPlace() throws IOException {
        Path file = folder.resolve("classes.tsv");

        assertEquals("%s is a table without a column 'blue', but colours need red, green, blue.".formatted(file),
                refusal(() -> Palette.read(file("name\tred\tgreen\ncat\t1\t2\n"))));
        assertEquals("Line 3 of %s gives green '256', expected a number from 0 to 255.".formatted(file),
                refusal(() -> Palette.read(file("name\tred\tgreen\tblue\ncat\t1\t2\t3\ndog\t1\t256\t3\n"))));
        assertEquals("Line 2 of %s gives blue '', expected a number from 0 to 255.".formatted(file),
                refusal(() -> Palette.read(file("name\tred\tgreen\tblue\ncat\t1\t2\n"))));
        assertEquals("Line 2 of %s gives red 'x', expected a number from 0 to 255.".formatted(file),
                refusal(() -> Palette.read(file("name\tred\tgreen\tblue\ncat\tx\t2\t3\n"))));
        assertEquals("There are no colours in %s, expected at least one.".formatted(file),
                refusal(() -> Palette.read(file("name\tred\tgreen\tblue\n"))));
        assertEquals("0x01000000 is no colour, expected 0x000000 to 0xffffff.", refusal(() -> Palette.of(0x1000000)));
        assertEquals("0xff00ff00 is no colour, expected 0x000000 to 0xffffff.", refusal(() -> Palette.of(0xff00ff00)));
        assertEquals("There are no colours in a palette of -1, expected at least one.",
                refusal(() -> Palette.generated(-1)));
    }

    @Test
    void labelsGetTheirUsualColours() {
        assertEquals(Palette.cityscapes(), Palette.of(Labels.cityscapes()));
        assertEquals(Palette.generated(10), Palette.of(Labels.cifar10()));
        assertNotEquals(Palette.cityscapes(), Palette.of(Labels.numbered(19)));
    }

    @Test
    void generatedColoursAreFarApart() {
        Palette palette = Palette.generated(256);

        assertEquals(256, colors(palette, 256).size());
        assertTrue(nearest(palette, 20) > 65, () -> "20 colours: " + nearest(palette, 20));
        assertTrue(nearest(palette, 256) > 15, () -> "256 colours: " + nearest(palette, 256));
    }

    private static List<Integer> colors(Palette palette, int count) {
        return IntStream.range(0, count).map(palette::rgb).distinct().boxed().collect(Collectors.toList());
    }

    /** The smallest distance of two of the first colours, red, green and blue being at right angles. */
    private static double nearest(Palette palette, int count) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                Color one = palette.color(i);
                Color other = palette.color(j);
                nearest = Math.min(nearest, Math.hypot(one.getRed() - other.getRed(),
                        Math.hypot(one.getGreen() - other.getGreen(), one.getBlue() - other.getBlue())));
            }
        }
        return nearest;
    }

    @Test
    void moreClassesKeepTheColoursOfTheFirstOnes() {
        Palette small = Palette.generated(7);
        Palette large = Palette.generated(10_000);

        assertEquals(colors(small, 7), colors(large, 7));
        assertEquals(10_000, large.size());
        assertEquals(0x0066ff, small.rgb(0));
    }

    @Test
    void theNumberOfColoursMustFit() {
        Palette palette = Palette.cityscapes();

        assertSame(palette, palette.require(19));
        assertEquals("Expected 20 colours, found 19 in cityscapes_19.tsv.", refusal(() -> palette.require(20)));
    }
}
