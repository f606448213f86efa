package dev.hardnet.network;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.List;

/**
 * The two heads at each source of a single-shot detector: {@code loc}, four offsets for each prior box, and
 * {@code conf}, a score for each class before the softmax, class 0 being the background.
 */
final class PriorHeads {
    /** Prior boxes at each position of a source, and of the last two. */
    static final int PRIORS = 6;
    private static final int LAST_PRIORS = 4;

    private final GraphBuilder graph;
    private final int classes;
    private final int sources;
    private final List<View> locations = new ArrayList<>();
    private final List<View> confidences = new ArrayList<>();

    PriorHeads(GraphBuilder graph, int classes, int sources) {
        this.graph = graph;
        this.classes = classes;
        this.sources = sources;
    }

    /** The heads of the next source, directly behind it: from then on only their outputs are kept. */
    void add(View source) {
        int index = locations.size();
        int priors = index < sources - 2 ? PRIORS : LAST_PRIORS;
        locations.add(head("loc." + index, source, 4 * priors));
        confidences.add(head("conf." + index, source, classes * priors));
    }

    private View head(String module, View source, int channels) {
        return graph.conv(module, source, channels, 3, 1, Activation.NONE, Parameters.biased(module));
    }

    /** Makes the heads the outputs of the network. */
    void output() {
        graph.outputPriors("loc", locations, 4);
        graph.outputPriors("conf", confidences, classes);
    }
}
