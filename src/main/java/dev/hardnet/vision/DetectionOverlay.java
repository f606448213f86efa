package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows a person what was found in a picture: a frame in the colour of its class around each thing, with its label and
 * score. Lines and letters grow with the picture; weak frames lie below strong ones, and labels find places where they
 * neither cover each other nor leave the picture. A label that had to move away from its frame is tied to it by a line.
 * Where labels would hide more than 40% of the picture, the weakest frames get none.
 *
 * @param palette a colour for each class
 */
public record DetectionOverlay(Palette palette) {
    private static final double LARGEST_SHARE_OF_LABELS = 0.4;
    /** Between a frame and whatever it lies on. */
    private static final Color SEAM = new Color(0, 0, 0, 140);
    private static final String ELLIPSIS = "\u2026";

    /** A frame: the middle of its line. */
    private record Frame(Rectangle2D middle, Color color) {
    }

    private record Tag(Frame frame, String text, Rectangle place) {
        /** From the frame's point nearest to the label to the label's point nearest to that; often the same. */
        Shape tie() {
            double x = Math.clamp(place.getCenterX(), frame.middle.getMinX(), frame.middle.getMaxX());
            double y = Math.clamp(place.getCenterY(), frame.middle.getMinY(), frame.middle.getMaxY());
            return new Line2D.Double(x, y, Math.clamp(x, place.getMinX(), place.getMaxX()),
                    Math.clamp(y, place.getMinY(), place.getMaxY()));
        }
    }

    /**
     * Draws into a copy of a picture.
     *
     * @param picture    any type, upright; not changed
     * @param detections what was found in it
     * @return a new picture of the same size, of type {@link BufferedImage#TYPE_3BYTE_BGR}
     * @throws HarDNetException when the picture's size is not that of the detections, a class has no colour, or this
     *                          machine has no font
     */
    public BufferedImage draw(BufferedImage picture, Detections detections) {
        if (picture.getWidth() != detections.width() || picture.getHeight() != detections.height()) {
            throw new HarDNetException("The picture has %dx%d pixels, but the detections are those of one of %dx%d."
                    .formatted(picture.getWidth(), picture.getHeight(), detections.width(), detections.height()));
        }
        BufferedImage drawn = RgbImage.of(picture).toBufferedImage();
        if (detections.size() > 0) {
            Graphics2D graphics = drawn.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            draw(graphics, detections);
            graphics.dispose();
        }
        return drawn;
    }

    /** All frames before all labels, the weakest first. */
    private void draw(Graphics2D graphics, Detections detections) {
        OverlayText text = OverlayText.forPicture(detections.width(), detections.height());
        double line = Math.round(text.size() / 5.0);
        List<Frame> frames = detections.all().stream().map(each -> frame(each, line / 2, detections)).toList();
        List<Tag> tags = tags(detections, frames, text, line);
        frames.reversed().forEach(frame -> stroke(graphics, frame.middle, line, frame.color));
        tags.reversed().forEach(tag -> stroke(graphics, tag.tie(), line, tag.frame.color));
        tags.reversed().forEach(tag -> text.drawChip(graphics, tag.text, tag.place.x, tag.place.y, tag.frame.color));
    }

    /** So far inside the picture that half the line's width is left around it. */
    private Frame frame(Detection detection, double half, Detections picture) {
        Box box = detection.box();
        double left = Math.clamp(box.x(), half, Math.max(half, picture.width() - half));
        double top = Math.clamp(box.y(), half, Math.max(half, picture.height() - half));
        double right = Math.clamp(box.right(), left, Math.max(left, picture.width() - half));
        double bottom = Math.clamp(box.bottom(), top, Math.max(top, picture.height() - half));
        return new Frame(new Rectangle2D.Double(left, top, right - left, bottom - top), color(detection));
    }

    private Color color(Detection detection) {
        if (detection.classIndex() < 0 || detection.classIndex() >= palette.size()) {
            throw new HarDNetException("Class %d (%s) has no colour among the %d of the palette."
                    .formatted(detection.classIndex(), detection.label(), palette.size()));
        }
        return palette.color(detection.classIndex());
    }

    /** The surest choose their places first. */
    private static List<Tag> tags(Detections detections, List<Frame> frames, OverlayText text, double line) {
        List<Rectangle> outlines = frames.stream().map(frame -> outside(frame.middle, line)).toList();
        LabelLayout layout = new LabelLayout(detections.width(), detections.height(), outlines);
        double room = LARGEST_SHARE_OF_LABELS * detections.width() * detections.height();
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            String label = label(detections.all().get(i), text, detections.width());
            room -= (double) text.chipWidth(label) * text.chipHeight();
            if (room < 0 && i > 0) {
                break;
            }
            tags.add(new Tag(frames.get(i), label,
                    layout.place(outlines.get(i), text.chipWidth(label), text.chipHeight())));
        }
        return tags;
    }

    private static Rectangle outside(Rectangle2D middle, double line) {
        return new Rectangle2D.Double(middle.getX() - line / 2, middle.getY() - line / 2, middle.getWidth() + line,
                middle.getHeight() + line).getBounds();
    }

    /** Cut where it is wider than the picture. */
    private static String label(Detection detection, OverlayText text, int width) {
        String whole = String.format(Locale.ROOT, "%s %.0f%%", detection.label(), 100 * detection.score());
        String label = whole;
        for (int end = whole.length() - 1; end > 0 && text.chipWidth(label) > width; end--) {
            label = whole.substring(0, end).strip() + ELLIPSIS;
        }
        return label;
    }

    private static void stroke(Graphics2D graphics, Shape shape, double line, Color color) {
        graphics.setColor(SEAM);
        graphics.setStroke(stroke(line + Math.max(2, line / 2)));
        graphics.draw(shape);
        graphics.setColor(color);
        graphics.setStroke(stroke(line));
        graphics.draw(shape);
    }

    private static BasicStroke stroke(double line) {
        return new BasicStroke((float) line, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    }
}
