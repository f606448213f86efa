package dev.hardnet.cli;

import dev.hardnet.SessionOptions;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.Graph;
import picocli.CommandLine.Option;

/** What a segmentation network gives for each pixel. */
final class ClassMapOptions {
    @Option(names = "--classes", description = "Segmentation networks: give each pixel's class, which the last resize "
            + "finds without storing the full-size logits.")
    private boolean classes;

    SessionOptions.Builder addTo(SessionOptions.Builder options) {
        return options.argMax(classes);
    }

    /** The graph of a network, or the one that gives classes. */
    Graph addTo(Graph graph) {
        return classes ? ArgMaxFusion.apply(graph) : graph;
    }

    boolean areAskedFor() {
        return classes;
    }
}
