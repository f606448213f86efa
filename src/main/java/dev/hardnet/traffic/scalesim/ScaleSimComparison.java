package dev.hardnet.traffic.scalesim;

import dev.hardnet.HarDNetException;
import dev.hardnet.traffic.LayerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulation beside our counts, in words and elements of one size.
 *
 * @param network      the network's name
 * @param layers       each layer that was simulated
 * @param convolutions the sum over the convolutions, whose elements are the network's CIO
 * @param total        the sum over all that was simulated
 * @param leftOut      layers that were not simulated
 */
public record ScaleSimComparison(String network, List<SimulatedTraffic> layers, SimulatedTraffic convolutions,
                                 SimulatedTraffic total, List<LeftOutLayer> leftOut) {
    /** Makes the lists immutable. */
    public ScaleSimComparison {
        layers = List.copyOf(layers);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Compares a simulation's reports.
     *
     * @param topology what was simulated
     * @param folder   where the simulator wrote COMPUTE_REPORT.csv, BANDWIDTH_REPORT.csv and
     *                 DETAILED_ACCESS_REPORT.csv
     * @return each layer and the sums
     * @throws HarDNetException when a report is missing or malformed, or of another number of layers
     */
    public static ScaleSimComparison of(Topology topology, Path folder) {
        ReportFolder reports = ReportFolder.read(folder);
        int expected = topology.layers().stream().mapToInt(SimulatedLayer::reportRows).sum();
        if (reports.layers() != expected) {
            throw new HarDNetException("The reports in %s are of %d layers; those of %s for this input would be of %d."
                    .formatted(folder, reports.layers(), topology.network(), expected));
        }
        List<SimulatedTraffic> layers = new ArrayList<>();
        SimulatedTraffic convolutions = SimulatedTraffic.of("", 0, 0, 0, 0, 0);
        SimulatedTraffic total = convolutions;
        int first = 0;
        for (SimulatedLayer layer : topology.layers()) {
            SimulatedTraffic traffic = traffic(layer, reports, first, first + layer.reportRows());
            layers.add(traffic);
            total = SimulatedTraffic.sum(total, traffic);
            if (layer.layer().kind() != LayerKind.LINEAR) {
                convolutions = SimulatedTraffic.sum(convolutions, traffic);
            }
            first += layer.reportRows();
        }
        return new ScaleSimComparison(topology.network(), layers, convolutions.named("convolutions"),
                total.named("total"), topology.leftOut());
    }

    private static SimulatedTraffic traffic(SimulatedLayer layer, ReportFolder reports, int from, int to) {
        return SimulatedTraffic.of(layer.layer().name(), ReportFolder.sum(reports.ifmapReads(), from, to),
                ReportFolder.sum(reports.filterReads(), from, to), ReportFolder.sum(reports.ofmapWrites(), from, to),
                ReportFolder.sum(reports.cycles(), from, to), layer.elements());
    }
}
