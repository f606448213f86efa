package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a network says about one picture: a probability for each class. Immutable. */
public final class Classifications {
    private static final int SHOWN = 5;

    /** In the order of the network's outputs. */
    private final List<Classification> all;
    /** The likeliest first; of equals, the one with the lower index. */
    private final List<Classification> ranked;

    private Classifications(List<Classification> all) {
        this.all = List.copyOf(all);
        this.ranked = all.stream().sorted(Comparator.comparingDouble(Classification::probability).reversed()).toList();
    }

    /**
     * Makes probabilities of a network's outputs: their softmax, computed in double precision.
     *
     * @param logits one number for each class, as the last layer gives them; not changed, not kept
     * @param labels as many labels
     * @return the result
     * @throws HarDNetException when the numbers differ, or a logit is infinite or not a number
     */
    public static Classifications of(float[] logits, Labels labels) {
        return of(logits, 0, labels.require(logits.length));
    }

    /**
     * Makes probabilities of one row of a batch of outputs, N x classes.
     *
     * @param logits the batch's elements in row-major order; not changed, not kept
     * @param row    the picture's place in the batch, from 0
     * @param labels one label for each class
     * @return the result
     * @throws HarDNetException when there is no such row, or a logit in it is infinite or not a number
     */
    public static Classifications of(float[] logits, int row, Labels labels) {
        int classes = labels.size();
        if (row < 0 || (row + 1L) * classes > logits.length) {
            throw new HarDNetException("There is no row %d of %d classes in a batch of %d logits."
                    .formatted(row, classes, logits.length));
        }
        double[] probabilities = softmax(logits, row * classes, classes);
        List<Classification> all = new ArrayList<>(classes);
        for (int i = 0; i < classes; i++) {
            all.add(new Classification(labels.get(i), i, probabilities[i]));
        }
        return new Classifications(all);
    }

    private static double[] softmax(float[] logits, int start, int classes) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < classes; i++) {
            if (!Float.isFinite(logits[start + i])) {
                throw new HarDNetException("Logit %d is %s, but a finite number is expected."
                        .formatted(i, logits[start + i]));
            }
            largest = Math.max(largest, logits[start + i]);
        }
        double[] shares = new double[classes];
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            // Relative to the largest, no power can overflow.
            shares[i] = Math.exp(logits[start + i] - largest);
            sum += shares[i];
        }
        for (int i = 0; i < classes; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /**
     * The likeliest class.
     *
     * @return of several equals, the one with the lowest index
     */
    public Classification best() {
        return ranked.getFirst();
    }

    /**
     * The likeliest classes.
     *
     * @param count how many, at least 1; all of them when there are not so many
     * @return an immutable list, the likeliest first
     * @throws HarDNetException when the count is below 1
     */
    public List<Classification> best(int count) {
        if (count < 1) {
            throw new HarDNetException("The best %d classes were asked for, expected at least 1.".formatted(count));
        }
        return ranked.subList(0, Math.min(count, ranked.size()));
    }

    /**
     * Every class.
     *
     * @return an immutable list in the order of the network's outputs
     */
    public List<Classification> all() {
        return all;
    }

    /**
     * The probability of a class.
     *
     * @param index its place among the network's outputs, from 0
     * @return 0..1
     * @throws HarDNetException when there is no such class
     */
    public double probability(int index) {
        if (index < 0 || index >= all.size()) {
            throw new HarDNetException("There is no class %d, expected 0 to %d.".formatted(index, all.size() - 1));
        }
        return all.get(index).probability();
    }

    /**
     * The probability of a label.
     *
     * @param label as the labels spell it
     * @return 0..1; where several classes share the label, their sum
     * @throws HarDNetException when no class has it
     */
    public double probability(String label) {
        List<Classification> named = all.stream().filter(one -> one.label().equals(label)).toList();
        if (named.isEmpty()) {
            throw new HarDNetException("None of the %d classes is labelled '%s'.".formatted(all.size(), label));
        }
        return named.stream().mapToDouble(Classification::probability).sum();
    }

    /** The five likeliest, a line for each, for example {@code golden retriever 83.1%}. */
    @Override
    public String toString() {
        return best(SHOWN).stream().map(Classification::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
