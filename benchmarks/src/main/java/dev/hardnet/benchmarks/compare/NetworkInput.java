package dev.hardnet.benchmarks.compare;

import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network and the size of its pictures.
 *
 * @param network the network's name
 * @param height  input rows
 * @param width   input columns
 */
record NetworkInput(String network, int height, int width) {
    /** One of each kind. */
    static final List<NetworkInput> STANDARD = List.of(
            new NetworkInput("hardnet39ds", 224, 224),
            new NetworkInput("hardnet68ds", 224, 224),
            new NetworkInput("hardnet68", 224, 224),
            new NetworkInput("hardnet85", 224, 224),
            new NetworkInput("fchardnet70", 512, 1024),
            new NetworkInput("centernet_hardnet85", 512, 512),
            new NetworkInput("ssd512_hardnet68", 512, 512));

    private static final Pattern TEXT = Pattern.compile("(\\w+)(?::(\\d{1,5})x(\\d{1,5}))?");
    /** Larger inputs are measured one by one. */
    private static final int MOST_PIXELS_IN_BATCHES = 224 * 224;

    /**
     * Reads a network of the command line.
     *
     * @param text {@code NAME}, which means the size measured by default or else the published one, or
     *             {@code NAME:HxW}
     * @return the network and its size
     * @throws IllegalArgumentException     when the text is neither
     * @throws dev.hardnet.HarDNetException when there is no such network
     */
    static NetworkInput parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'%s' is no network; expected NAME or NAME:HxW.".formatted(text));
        }
        Network network = Network.byName(parts.group(1));
        if (parts.group(2) == null) {
            return usual(network);
        }
        return new NetworkInput(network.name(), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    private static NetworkInput usual(Network network) {
        InputSize published = network.publishedSize();
        return STANDARD.stream().filter(each -> each.network.equals(network.name())).findFirst()
                .orElse(new NetworkInput(network.name(), published.height(), published.width()));
    }

    /** Whether several of its pictures fit into a sensible run. */
    boolean takesBatches() {
        return height * width <= MOST_PIXELS_IN_BATCHES;
    }

    BenchmarkCase with(int threads, int batch) {
        return new BenchmarkCase(network, height, width, threads, batch);
    }
}
