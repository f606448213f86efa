package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was found in one picture. Immutable.
 *
 * @param width  the picture's columns
 * @param height the picture's rows
 * @param all    what was found, the surest first; of equals, in the order given
 */
public record Detections(int width, int height, List<Detection> all) implements Iterable<Detection> {
    /**
     * Sorts what was found.
     *
     * @throws HarDNetException when a side of the picture is below 1
     */
    public Detections {
        if (width < 1 || height < 1) {
            throw new HarDNetException("There is no picture of %dx%d pixels to find anything in."
                    .formatted(width, height));
        }
        all = all.stream().sorted(Comparator.comparingDouble(Detection::score).reversed()).toList();
    }

    /**
     * How many there are.
     *
     * @return 0 when nothing was found
     */
    public int size() {
        return all.size();
    }

    /**
     * Only the surest.
     *
     * @param count how many, at least 1; all of them when there are not so many
     * @return the surest of the same picture
     * @throws HarDNetException when the count is below 1
     */
    public Detections best(int count) {
        if (count < 1) {
            throw new HarDNetException("The best %d detections were asked for, expected at least 1.".formatted(count));
        }
        return new Detections(width, height, all.subList(0, Math.min(count, all.size())));
    }

    /**
     * Only those of which the network is surer than this.
     *
     * @param score 0..1; one of exactly this score is left out
     * @return the surer ones of the same picture
     */
    public Detections above(double score) {
        return new Detections(width, height, all.stream().filter(one -> one.score() > score).toList());
    }

    /** The surest first. */
    @Override
    public Iterator<Detection> iterator() {
        return all.iterator();
    }

    /** A line for each, for example {@code person 92.1% 120x80 at 14, 33}. */
    @Override
    public String toString() {
        return all.stream().map(Detection::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
