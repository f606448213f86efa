package dev.hardnet.testing;

import dev.hardnet.Network;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Shape;
import dev.hardnet.weights.Checkpoint;
import dev.hardnet.weights.SyntheticWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Outputs that the authors' code gave for synthetic weights and input.
 *
 * @param network the network
 * @param input   the input's sizes
 * @param seed    the seed of weights and input
 * @param file    the outputs
 */
public record Golden(Network network, Shape input, long seed, Path file) {
    private static final Pattern NAME =
            Pattern.compile("(\\w+?)_(\\d+)x(\\d+)x(\\d+)x(\\d+)_seed(\\d+)\\.safetensors");
    private static final String EVERY_16TH = "_every_16th_prior";

    /** All goldens of the networks in the catalogue. */
    public static List<Golden> all() {
        try (Stream<Path> files = Files.list(SharedFiles.path("reference", "golden"))) {
            List<Golden> goldens = files.sorted().filter(Golden::isKnown).map(Golden::of).toList();
            if (goldens.isEmpty()) {
                throw new IllegalStateException("There are no goldens.");
            }
            return goldens;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The first golden of a network. */
    public static Golden of(Network network) {
        return all().stream().filter(golden -> golden.network.equals(network)).findFirst().orElseThrow();
    }

    private static boolean isKnown(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() && Network.all().stream().anyMatch(network -> network.name().equals(name.group(1)));
    }

    private static Golden of(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file.toString());
        }
        Shape input = new Shape(Integer.parseInt(name.group(2)), Integer.parseInt(name.group(3)),
                Integer.parseInt(name.group(4)), Integer.parseInt(name.group(5)));
        return new Golden(Network.byName(name.group(1)), input, Long.parseLong(name.group(6)), file);
    }

    /** The synthetic input. */
    public Tensor inputTensor() {
        return SyntheticWeights.inputTensor(input, seed);
    }

    /** The arithmetic of the run that gave it. */
    public long macs() {
        return network.graph(input.n(), input.h(), input.w(), network.publishedClasses()).macs();
    }

    /** What the file holds of an output: all of it, or of one that would be large every 16th prior. */
    public float[] output(String name) {
        try (Checkpoint outputs = Checkpoint.open(file)) {
            return outputs.read(outputs.keys().contains(name) ? name : name + EVERY_16TH);
        }
    }

    /** The same part of what a network gave. */
    public float[] part(String name, Tensor output) {
        try (Checkpoint outputs = Checkpoint.open(file)) {
            return outputs.keys().contains(name) ? output.data() : every16thPrior(output.data(), output.size(2));
        }
    }

    private static float[] every16thPrior(float[] priors, int values) {
        float[] kept = new float[Math.ceilDiv(priors.length, 16 * values) * values];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = priors[i / values * 16 * values + i % values];
        }
        return kept;
    }

    @Override
    public String toString() {
        return network + " " + input + " seed " + seed;
    }
}
