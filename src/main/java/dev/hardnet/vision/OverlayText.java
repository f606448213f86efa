package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.util.function.Supplier;

/**
 * Text in pictures: of a size that can be read when the whole picture is looked at, in ink that stands out from what is
 * behind it. Immutable. Lengths are in pixels, places are those of upper left corners.
 */
final class OverlayText {
    /** Below this no one can read. */
    private static final int SMALLEST = 12;
    /** A picture of 1200x900 gets letters of 20 pixels. */
    private static final double SIDE_PER_SIZE = 52;
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private final Font font;
    private final int size;
    private final double ascent;
    private final int lineHeight;

    private OverlayText(Font font) {
        LineMetrics metrics = font.getLineMetrics("Ag", CONTEXT);
        this.font = font;
        size = font.getSize();
        ascent = metrics.getAscent();
        lineHeight = (int) Math.ceil(metrics.getAscent() + metrics.getDescent());
    }

    /**
     * Text for a picture.
     *
     * @param width  of the picture
     * @param height of the picture
     * @return text whose size grows with the picture
     * @throws HarDNetException when this machine has no font
     */
    static OverlayText forPicture(int width, int height) {
        int size = Math.max(SMALLEST, (int) Math.round(Math.sqrt((double) width * height) / SIDE_PER_SIZE));
        return of(() -> new Font(Font.SANS_SERIF, Font.PLAIN, size));
    }

    /** Java finds out about missing fonts and libraries at their first use, and then throws whatever is at hand. */
    static OverlayText of(Supplier<Font> font) {
        try {
            return new OverlayText(font.get());
        } catch (RuntimeException | Error missing) {
            throw new HarDNetException("Text cannot be drawn into pictures because Java finds no font (%s); install "
                    .formatted(missing) + "one, for example the packages fontconfig and fonts-dejavu-core.", missing);
        }
    }

    /** The size of the letters, from which gaps and lines beside them take theirs. */
    int size() {
        return size;
    }

    int lineHeight() {
        return lineHeight;
    }

    int width(String text) {
        return (int) Math.ceil(font.getStringBounds(text, CONTEXT).getWidth());
    }

    /** Draws a line of text. */
    void draw(Graphics2D graphics, String text, int x, int y, Color ink) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setFont(font);
        graphics.setColor(ink);
        graphics.drawString(text, x, (float) (y + ascent));
    }

    /** Draws a line of text on a rectangle of {@link #chipWidth} x {@link #chipHeight} pixels. */
    void drawChip(Graphics2D graphics, String text, int x, int y, Color ground) {
        graphics.setColor(ground);
        graphics.fillRect(x, y, chipWidth(text), chipHeight());
        draw(graphics, text, x + 2 * chipMargin(), y + chipMargin(), inkOn(ground));
    }

    int chipWidth(String text) {
        return width(text) + 4 * chipMargin();
    }

    int chipHeight() {
        return lineHeight + 2 * chipMargin();
    }

    private int chipMargin() {
        return Math.max(2, size / 6);
    }

    /** Black or white, whichever has the higher contrast by the rule of the Web Content Accessibility Guidelines. */
    static Color inkOn(Color ground) {
        double light = luminance(ground) + 0.05;
        return light / 0.05 >= 1.05 / light ? Color.BLACK : Color.WHITE;
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(int level) {
        double share = level / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
