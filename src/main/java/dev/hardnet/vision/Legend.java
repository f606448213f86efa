package dev.hardnet.vision;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.function.Function;

/**
 * A panel that tells the colours of the classes in a picture: columns of lines, each with a swatch, a label and a
 * share. It stands beside or below the picture on one canvas.
 */
final class Legend {
    private static final Color GROUND = Color.WHITE;
    private static final Color INK = new Color(0x1f2430);
    private static final Color FRAME = new Color(0x667085);

    private final List<ClassShare> shares;
    private final Palette palette;
    private final OverlayText text;
    private final int labelWidth;
    private final int shareWidth;

    Legend(List<ClassShare> shares, Palette palette, OverlayText text) {
        this.shares = shares;
        this.palette = palette;
        this.text = text;
        labelWidth = widest(ClassShare::label);
        shareWidth = widest(ClassShare::percentage);
    }

    private int widest(Function<ClassShare, String> part) {
        return shares.stream().map(part).mapToInt(text::width).max().orElse(0);
    }

    /**
     * Where the panel is.
     *
     * @param left   its first column of pixels, 0 when it stands below the picture
     * @param top    its first row of pixels, 0 when it stands beside the picture
     * @param rows   lines of a column of text
     * @param width  of the picture and the panel together
     * @param height of the picture and the panel together
     */
    record Place(int left, int top, int rows, int width, int height) {
        long area() {
            return (long) width * height;
        }
    }

    /** The place that makes the smaller canvas with a picture. */
    Place besideOrBelow(int width, int height) {
        int tallest = Math.max(1, (height - 2 * margin() + lineGap()) / linePitch());
        int columns = divideUp(shares.size(), tallest);
        Place beside = place(width, 0, divideUp(shares.size(), columns), width, height);
        int widest = Math.max(1, (width - 2 * margin() + columnGap()) / columnPitch());
        Place below = place(0, height, divideUp(shares.size(), widest), width, height);
        return beside.area() <= below.area() ? beside : below;
    }

    private Place place(int left, int top, int rows, int width, int height) {
        int columns = divideUp(shares.size(), rows);
        int panelWidth = columns * columnPitch() - columnGap() + 2 * margin();
        int panelHeight = rows * linePitch() - lineGap() + 2 * margin();
        return new Place(left, top, rows, Math.max(width, left + panelWidth), Math.max(height, top + panelHeight));
    }

    private static int divideUp(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** Fills the whole canvas and draws the panel. */
    void draw(Graphics2D graphics, Place place) {
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, place.width, place.height);
        for (int i = 0; i < shares.size(); i++) {
            drawLine(graphics, shares.get(i), place.left + margin() + i / place.rows * columnPitch(),
                    place.top + margin() + i % place.rows * linePitch());
        }
    }

    private void drawLine(Graphics2D graphics, ClassShare share, int x, int y) {
        int side = text.size();
        int swatchTop = y + (text.lineHeight() - side) / 2;
        graphics.setColor(FRAME);
        graphics.fillRect(x, swatchTop, side, side);
        graphics.setColor(palette.color(share.index()));
        graphics.fillRect(x + 1, swatchTop + 1, side - 2, side - 2);
        text.draw(graphics, share.label(), x + side + gap(), y, INK);
        int right = x + columnPitch() - columnGap();
        text.draw(graphics, share.percentage(), right - text.width(share.percentage()), y, INK);
    }

    private int margin() {
        return text.size();
    }

    private int gap() {
        return text.size() / 2;
    }

    private int lineGap() {
        return text.size() / 4;
    }

    private int columnGap() {
        return 2 * text.size();
    }

    private int linePitch() {
        return text.lineHeight() + lineGap();
    }

    private int columnPitch() {
        return text.size() + gap() + labelWidth + 2 * gap() + shareWidth + columnGap();
    }
}
