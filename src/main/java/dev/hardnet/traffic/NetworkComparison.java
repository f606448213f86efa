package dev.hardnet.traffic;

import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.graph.Graph;
import dev.hardnet.plan.Plan;

/**
 * One network's figures for its published input size, beside the paper's.
 *
 * @param network           its name
 * @param input             its input's sizes, N x C x H x W
 * @param parameters        learned values
 * @param macs              multiply-adds
 * @param cio               convolutional input/output, elements
 * @param paper             what the paper says of it, null where it says nothing
 * @param parametersPercent by how much ours are above the paper's, in percent; null where it has none
 * @param macsPercent       by how much ours are above the paper's, in percent; null where it has none
 * @param cioPercent        by how much ours is above the paper's, in percent; null where it has none
 * @param frameworkBytes    what a framework moves between memory and feature maps, weights not counted
 * @param plannedBytes      what this runtime's plan moves, weights not counted
 * @param latencyMillis     the median time of a run, null where it was not measured
 */
public record NetworkComparison(String network, String input, long parameters, long macs, long cio,
        PublishedFigures paper, Double parametersPercent, Double macsPercent, Double cioPercent, long frameworkBytes,
        long plannedBytes, Double latencyMillis) {
    /**
     * Counts a network.
     *
     * @param network       the network
     * @param latencyMillis the median time of a run at the published size, null where it was not measured
     * @return its figures
     */
    public static NetworkComparison of(Network network, Double latencyMillis) {
        InputSize size = network.publishedSize();
        Graph graph = network.graph(1, size.height(), size.width(), network.publishedClasses());
        NetworkFigures figures = NetworkFigures.of(graph);
        PublishedFigures paper = PublishedFigures.of(network.name()).orElse(null);
        return new NetworkComparison(network.name(), graph.input().shape().toString(), figures.parameters(),
                figures.macs(), figures.cio(), paper,
                paper == null ? null : percent(figures.parameters(), paper.parameters()),
                paper == null ? null : percent(figures.macs(), paper.macs()),
                paper == null ? null : percent(figures.cio(), paper.cio()),
                FrameworkExecution.of(GraphLayers.of(network.name(), graph)).total().mapBytes(),
                PlannedExecution.of(Plan.of(graph)).total().mapBytes(), latencyMillis);
    }

    private static double percent(double ours, double theirs) {
        return 100 * (ours - theirs) / theirs;
    }
}
