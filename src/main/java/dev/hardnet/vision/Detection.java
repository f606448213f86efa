package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.util.Locale;

/**
 * One thing found in a picture.
 *
 * @param label      the name of its class
 * @param classIndex the place of that name among the labels, from 0
 * @param score      how sure the network is, 0..1; the scores of several boxes do not add up to anything
 * @param box        where it is, in the picture's pixels
 */
public record Detection(String label, int classIndex, double score, Box box) {
    /**
     * Checks the score.
     *
     * @throws HarDNetException when it is not within 0..1
     */
    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new HarDNetException("The score of a %s is %s, expected 0 to 1.".formatted(label, score));
        }
    }

    /** For example {@code person 92.1% 120x80 at 14, 33}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.1f%% %s", label, 100 * score, box);
    }
}
