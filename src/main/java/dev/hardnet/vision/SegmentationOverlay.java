package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Shows a person what a network says about the pixels of a picture: the picture tinted with the colours of the classes,
 * each region with an outline of its full colour, and a legend of the classes that are present, the largest first, with
 * their shares. The picture stays in the upper left corner at its own size; the legend gets a panel of its own, beside
 * or below it, whichever makes the smaller picture, so that it hides nothing.
 *
 * @param palette a colour for each class
 * @param opacity how much of the tint's colour there is, 0 (none) to 1 (nothing but it)
 * @param legend  whether there is a legend
 */
public record SegmentationOverlay(Palette palette, double opacity, boolean legend) {
    private static final double USUAL_OPACITY = 0.5;

    /**
     * Checks the opacity.
     *
     * @throws HarDNetException when it is out of range
     */
    public SegmentationOverlay {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new HarDNetException("An opacity of %s was asked for, expected 0 to 1.".formatted(opacity));
        }
    }

    /**
     * The usual one: opacity 0.5, with a legend.
     *
     * @param palette a colour for each class
     */
    public SegmentationOverlay(Palette palette) {
        this(palette, USUAL_OPACITY, true);
    }

    /**
     * The same with another opacity.
     *
     * @param value 0 to 1
     * @return the overlay
     * @throws HarDNetException when it is out of range
     */
    public SegmentationOverlay opacity(double value) {
        return new SegmentationOverlay(palette, value, legend);
    }

    /**
     * The same with or without a legend.
     *
     * @param value whether there is one; without it no font is needed and the result has the picture's size
     * @return the overlay
     */
    public SegmentationOverlay legend(boolean value) {
        return new SegmentationOverlay(palette, opacity, value);
    }

    /**
     * Paints a picture.
     *
     * @param picture any size and type, upright; not changed
     * @param map     its classes; of another size, it is brought to the picture's
     * @return a new picture of type {@link BufferedImage#TYPE_3BYTE_BGR}, larger than the other by the legend's panel
     * @throws HarDNetException when there are more or fewer colours than classes, the result is too large, or a legend
     *                          is wanted and this machine has no font
     */
    public BufferedImage draw(BufferedImage picture, SegmentationMap map) {
        palette.require(map.labels().size());
        RgbImage pixels = RgbImage.of(picture);
        SegmentationMap fitting = map.resize(pixels.width(), pixels.height());
        ClassTint tint = new ClassTint(palette, opacity, outline(pixels.width(), pixels.height()));
        BufferedImage painted = tint.paint(pixels, fitting).toBufferedImage();
        return legend ? withLegend(painted, map.shares()) : painted;
    }

    private BufferedImage withLegend(BufferedImage painted, List<ClassShare> shares) {
        Legend panel = new Legend(shares, palette, OverlayText.forPicture(painted.getWidth(), painted.getHeight()));
        Legend.Place place = panel.besideOrBelow(painted.getWidth(), painted.getHeight());
        BufferedImage canvas = RgbImage.canvas(place.width(), place.height());
        Graphics2D graphics = canvas.createGraphics();
        try {
            panel.draw(graphics, place);
            graphics.drawImage(painted, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    private static int outline(int width, int height) {
        return Math.max(1, (int) Math.round(Math.sqrt((double) width * height) / 800));
    }
}
