package dev.hardnet.weights;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares the tensors a network needs with those a source has, and tells all differences at once. */
public final class StateDictCheck {
    private static final int NAMED = 3;
    /** Batch norms count the batches they were trained with; nothing here needs to know. */
    private static final String COUNTER = "num_batches_tracked";

    private StateDictCheck() {
    }

    /**
     * Checks that a source fits a network: the same keys with the same shapes. A fully connected layer's weight also
     * fits a convolution that has its rows as kernels.
     *
     * @param expected what the network needs
     * @param source   what there is
     * @throws HarDNetException when they differ; it counts and names missing, unexpected and wrongly shaped tensors
     */
    public static void check(List<ParameterSpec> expected, WeightSource source) {
        Map<String, ParameterSpec> needed = new LinkedHashMap<>();
        for (ParameterSpec spec : expected) {
            if (!isCounter(spec.key())) {
                needed.put(spec.key(), spec);
            }
        }
        List<String> found = new ArrayList<>();
        boolean fits = true;
        for (String key : source.keys()) {
            if (!isCounter(key)) {
                found.add(key);
                ParameterSpec spec = needed.get(key);
                fits &= spec != null && fits(source.shape(key), spec.shape());
            }
        }
        if (!fits || found.size() != needed.size()) {
            throw refusal(needed, found, source);
        }
    }

    private static HarDNetException refusal(Map<String, ParameterSpec> needed, List<String> found,
                                            WeightSource source) {
        List<String> differences = new ArrayList<>();
        describe(differences, "missing", needed.keySet().stream().filter(key -> !source.keys().contains(key)).toList());
        describe(differences, "unexpected", found.stream().filter(key -> !needed.containsKey(key))
                .map(Excerpt::of).toList());
        describe(differences, "wrongly shaped", found.stream().filter(needed::containsKey)
                .filter(key -> !fits(source.shape(key), needed.get(key).shape()))
                .map(key -> "%s (found %s, expected %s)"
                        .formatted(key, text(source.shape(key)), text(needed.get(key).shape())))
                .toList());
        return new HarDNetException("%s does not fit the network, which expects %d tensors where %d are found: %s."
                .formatted(source.origin(), needed.size(), found.size(), String.join("; ", differences)));
    }

    /**
     * The number of outputs of a layer, for example the classes of a fine-tuned network's head.
     *
     * @param source where the weights are
     * @param weight the key of the layer's weight
     * @return the weight's first size
     * @throws HarDNetException when there is no such tensor, or it has no sizes
     */
    public static int outputs(WeightSource source, String weight) {
        if (!source.keys().contains(weight)) {
            throw new HarDNetException("%s holds no tensor %s, whose first size is the number of outputs."
                    .formatted(source.origin(), weight));
        }
        List<Integer> shape = source.shape(weight);
        if (shape.isEmpty() || shape.getFirst() < 1) {
            throw new HarDNetException("%s: the tensor %s has the sizes %s, but the first must be the outputs."
                    .formatted(source.origin(), weight, shape));
        }
        return shape.getFirst();
    }

    /**
     * Checks one tensor's sizes.
     *
     * @param source where it is
     * @param spec   what it must be
     * @throws HarDNetException when it is missing or has other sizes
     */
    static void requireShape(WeightSource source, ParameterSpec spec) {
        List<Integer> found = source.shape(spec.key());
        if (!fits(found, spec.shape())) {
            throw new HarDNetException("%s: the tensor %s has the sizes %s, but %s are expected."
                    .formatted(source.origin(), spec.key(), found, spec.shape()));
        }
    }

    /**
     * Whether sizes are those expected, or those of a fully connected layer that a convolution stands for: its rows are
     * the convolution's kernels, in the same order.
     */
    private static boolean fits(List<Integer> found, List<Integer> expected) {
        if (found.size() != 2 || expected.size() <= 2) {
            return found.equals(expected);
        }
        long row = 1;
        for (int size : expected.subList(1, expected.size())) {
            row *= size;
        }
        return found.getFirst().equals(expected.getFirst()) && found.getLast() == row;
    }

    private static boolean isCounter(String key) {
        return key.equals(COUNTER) || key.endsWith("." + COUNTER);
    }

    private static void describe(List<String> differences, String kind, List<String> keys) {
        if (!keys.isEmpty()) {
            String first = keys.stream().limit(NAMED).collect(Collectors.joining(", "));
            differences.add("%d %s: %s%s".formatted(keys.size(), kind, first, keys.size() > NAMED ? ", ..." : ""));
        }
    }

    private static String text(List<Integer> shape) {
        return shape.isEmpty() ? "a scalar" : shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
