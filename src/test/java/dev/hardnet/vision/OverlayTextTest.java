package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTextTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 12", "200, 150, 12", "1200, 900, 20", "2048, 1024, 28", "4000, 3000, 67"})
    void lettersGrowWithThePictureAndStayReadable(int width, int height, int size) {
        assertEquals(size, OverlayText.forPicture(width, height).size());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, white", "255, 255, 255, black", "255, 255, 0, black", "0, 0, 230, white",
        "128, 64, 128, white", "152, 251, 152, black"})
    void inkIsWhatStandsOutFromTheGround(int red, int green, int blue, String ink) {
        assertEquals(ink.equals("white") ? Color.WHITE : Color.BLACK, OverlayText.inkOn(new Color(red, green, blue)));
    }

    @Test
    void aChipCoversExactlyItsRectangleAndItsTextStaysInside() {
        OverlayText text = OverlayText.forPicture(640, 480);
        int width = text.chipWidth("Ågy person 93%");
        int height = text.chipHeight();
        BufferedImage image = new BufferedImage(width + 20, height + 20, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        text.drawChip(graphics, "Ågy person 93%", 10, 10, Color.BLUE);
        graphics.dispose();
        boolean ink = false;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                boolean inside = x >= 10 && x < 10 + width && y >= 10 && y < 10 + height;
                boolean frame = inside && (x == 10 || y == 10 || x == 9 + width || y == 9 + height);
                int rgb = image.getRGB(x, y);
                assertEquals(!inside, rgb == Color.BLACK.getRGB(), "at %d, %d".formatted(x, y));
                assertFalse(frame && rgb != Color.BLUE.getRGB(), "at %d, %d".formatted(x, y));
                ink |= rgb == Color.WHITE.getRGB();
            }
        }
        assertTrue(ink);
    }

    @Test
    void withoutFontsOneSentenceTellsWhatToInstall() {
        assertEquals("Text cannot be drawn into pictures because Java finds no font (java.lang.Error: No physical "
                + "fonts found.); install one, for example the packages fontconfig and fonts-dejavu-core.",
                assertThrows(HarDNetException.class, () -> OverlayText.of(() -> {
                    throw new Error("No physical fonts found.");
                })).getMessage());
    }
}
