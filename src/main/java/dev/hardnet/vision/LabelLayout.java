package dev.hardnet.vision;

import java.awt.Point;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds places for the labels of frames, the surest first: above the frame, inside its upper edge, below it, or at
 * its right, whichever hides the least of other frames; where all of that is taken, the nearest place that is free. A
 * label leaves the picture only when the picture is too small for it, and covers another only when there is no free
 * place left at all.
 */
final class LabelLayout {
    private final int width;
    private final int height;
    private final List<Rectangle> frames;
    private final List<Rectangle> placed = new ArrayList<>();

    /**
     * Begins a picture.
     *
     * @param width  its columns
     * @param height its rows
     * @param frames all that labels should not hide
     */
    LabelLayout(int width, int height, List<Rectangle> frames) {
        this.width = width;
        this.height = height;
        this.frames = List.copyOf(frames);
    }

    /** Finds the place of the label of the next frame. */
    Rectangle place(Rectangle frame, int labelWidth, int labelHeight) {
        List<Rectangle> usual = usualPlaces(frame, labelWidth, labelHeight);
        Rectangle best = usual.stream().filter(this::isFree)
                .min(Comparator.comparingLong(place -> hidden(place, frame)))
                .orElseGet(() -> nearest(frame, usual.getFirst()));
        Rectangle place = best == null ? leastCovering(usual) : best;
        placed.add(place);
        return place;
    }

    private List<Rectangle> usualPlaces(Rectangle frame, int labelWidth, int labelHeight) {
        int right = frame.x + frame.width - labelWidth;
        int bottom = frame.y + frame.height;
        List<Point> corners = List.of(new Point(frame.x, frame.y - labelHeight), new Point(frame.x, frame.y),
                new Point(frame.x, bottom), new Point(right, frame.y - labelHeight), new Point(right, frame.y),
                new Point(right, bottom), new Point(frame.x, bottom - labelHeight),
                new Point(right, bottom - labelHeight));
        return corners.stream()
                .map(corner -> new Rectangle(within(corner.x, width - labelWidth), corner.y, labelWidth, labelHeight))
                .toList();
    }

    /** How much a place hides of other frames, in tenths of each; the first of several usual places wins a tie. */
    private long hidden(Rectangle place, Rectangle own) {
        long tenths = 0;
        for (Rectangle frame : frames) {
            Rectangle common = place.intersection(frame);
            if (!common.isEmpty() && !frame.equals(own)) {
                tenths += Math.ceilDiv(10L * common.width * common.height, (long) frame.width * frame.height);
            }
        }
        return tenths;
    }

    private static int within(int start, int last) {
        return Math.clamp(start, 0, Math.max(0, last));
    }

    private boolean isFree(Rectangle place) {
        return place.x >= 0 && place.y >= 0 && place.x + place.width <= width && place.y + place.height <= height
                && placed.stream().noneMatch(place::intersects);
    }

    /**
     * Of all free places the one nearest to the frame, and of those the one nearest to the place wanted; null when
     * there is none. Where there is a free place at all, there is one against the edges of the picture or of labels.
     */
    private Rectangle nearest(Rectangle frame, Rectangle wanted) {
        List<Integer> rows = rows(frame, wanted);
        Rectangle nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (int x : columns(frame, wanted)) {
            for (int y : rows) {
                Rectangle place = new Rectangle(x, y, wanted.width, wanted.height);
                double distance = distance(place, frame, wanted);
                if (distance < least && isFree(place)) {
                    nearest = place;
                    least = distance;
                }
            }
        }
        return nearest;
    }

    private List<Integer> columns(Rectangle frame, Rectangle wanted) {
        List<Integer> columns = new ArrayList<>(List.of(wanted.x, frame.x + frame.width - wanted.width, 0,
                width - wanted.width));
        for (Rectangle other : placed) {
            columns.add(other.x + other.width);
            columns.add(other.x - wanted.width);
        }
        return columns.stream().distinct().toList();
    }

    private List<Integer> rows(Rectangle frame, Rectangle wanted) {
        List<Integer> rows = new ArrayList<>(List.of(wanted.y, frame.y, frame.y + frame.height,
                frame.y + frame.height - wanted.height, 0, height - wanted.height));
        for (Rectangle other : placed) {
            rows.add(other.y + other.height);
            rows.add(other.y - wanted.height);
        }
        return rows.stream().distinct().toList();
    }

    /** The gap between place and frame counts more than any distance from the place wanted. */
    private double distance(Rectangle place, Rectangle frame, Rectangle wanted) {
        double gap = Math.hypot(gap(place.x, place.width, frame.x, frame.width),
                gap(place.y, place.height, frame.y, frame.height));
        return gap * (width + height) + Math.hypot(place.x - wanted.x, place.y - wanted.y);
    }

    private static int gap(int start, int length, int otherStart, int otherLength) {
        return Math.max(0, Math.max(otherStart - start - length, start - otherStart - otherLength));
    }

    private Rectangle leastCovering(List<Rectangle> usual) {
        Rectangle best = null;
        long least = Long.MAX_VALUE;
        for (Rectangle each : usual) {
            Rectangle place = new Rectangle(each.x, within(each.y, height - each.height), each.width, each.height);
            long covered = covered(place);
            if (covered < least) {
                best = place;
                least = covered;
            }
        }
        return best;
    }

    private long covered(Rectangle place) {
        return placed.stream().map(place::intersection).filter(common -> !common.isEmpty())
                .mapToLong(common -> (long) common.width * common.height).sum();
    }
}
