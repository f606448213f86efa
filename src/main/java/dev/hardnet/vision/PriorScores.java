package dev.hardnet.vision;

/**
 * The softmax over the classes of a prior box, to the bit as PyTorch's vectorised code computes it in float32: among
 * thousands of boxes many scores are equal but for the last bit, and their order decides which box suppresses which.
 */
final class PriorScores {
    private static final int LANES = 8;

    private final float[] scores;

    PriorScores(int classes) {
        scores = new float[classes];
    }

    /**
     * Computes the scores of one box.
     *
     * @param logits the output {@code conf}
     * @param start  the place of the box's first logit in it
     * @return one score for each class, the background first; overwritten by the next call
     */
    float[] of(float[] logits, int start) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            largest = Math.max(largest, DecoderInputs.requireFinite(logits[start + i], "conf", start + i));
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.exp(logits[start + i] - largest);
        }
        float sum = sum();
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return scores;
    }

    /** Eight interleaved sums, then their halves added to each other. */
    private float sum() {
        float[] sums = new float[LANES];
        for (int i = 0; i < scores.length; i++) {
            sums[i % LANES] += scores[i];
        }
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[i + half];
            }
        }
        return sums[0];
    }
}
