package dev.hardnet.cli;

import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.Task;
import picocli.CommandLine.Option;

/** What a segmentation network gives for each pixel. */
final class ClassMapOptions {
    @Option(names = "--logits", description = "Segmentation networks: give the full-size logits instead of each "
            + "pixel's class, which the last resize finds without ever storing them.")
    private boolean logits;

    /** Whether the session gives classes where its network could give logits, too. */
    boolean fused(Network network) {
        return network.task() == Task.SEGMENTATION && !logits;
    }

    SessionOptions.Builder addTo(SessionOptions.Builder options, Network network) {
        return options.argMax(fused(network));
    }
}
