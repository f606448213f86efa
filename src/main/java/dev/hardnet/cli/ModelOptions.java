package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Network;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model to use. */
final class ModelOptions {
    private static final String SYNTHETIC = "synthetic:";

    @Option(names = {"-n", "--network"}, paramLabel = "NAME",
            description = "The network; 'hardnet networks' lists them.")
    private String network;

    @Option(names = {"-w", "--weights"}, paramLabel = "FILE|synthetic:SEED",
            description = "A PyTorch checkpoint or safetensors file. Or synthetic:1: random weights, the same every "
                    + "time, for trying and timing; what a network says with them means nothing.")
    private String weights;

    /** Whether neither option was given: the model in the jar is meant. */
    boolean areAbsent() {
        return network == null && weights == null;
    }

    /** The model given, or the one in the jar when none is given. */
    Model loadOrEmbedded() {
        return areAbsent() ? Model.embedded() : load(weights);
    }

    /** The model given; there is none in the jar for this task. */
    Model loadGiven() {
        if (areAbsent()) {
            throw new HarDNetException("The jar holds no model for this; expected --network and --weights.");
        }
        return load(weights);
    }

    /** The model given; the weights default to synthetic ones. */
    Model loadOrSynthetic() {
        return load(weights == null ? SYNTHETIC + 1 : weights);
    }

    private Model load(String from) {
        if (network == null || from == null) {
            throw new HarDNetException("--network and --weights belong together, and %s is missing."
                    .formatted(network == null ? "--network" : "--weights"));
        }
        Network architecture = Network.byName(network);
        return from.startsWith(SYNTHETIC) ? Model.synthetic(architecture, seed(from))
                : Model.load(architecture, Path.of(from));
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text.substring(SYNTHETIC.length()));
        } catch (NumberFormatException notANumber) {
            throw new HarDNetException("'%s' gives no seed; expected for example synthetic:1.".formatted(text),
                    notANumber);
        }
    }
}
