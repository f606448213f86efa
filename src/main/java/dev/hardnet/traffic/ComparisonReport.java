package dev.hardnet.traffic;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Networks beside the paper's figures, and what is left of the paper's claims.
 *
 * @param networks     the networks compared
 * @param claims       the paper's claims, each with what was found
 * @param measuredOn   what latencies were measured on, null where they were not
 * @param correlations how well figures order the networks by latency, null where fewer than three were measured
 */
public record ComparisonReport(List<NetworkComparison> networks, List<ClaimCheck> claims, String measuredOn,
        Correlations correlations) {
    /** Fewer things have no order worth a figure. */
    private static final int LEAST_CORRELATED = 3;

    /**
     * Spearman's rank correlations with latency, from -1 to 1.
     *
     * @param cio            of convolutional input/output
     * @param macs           of multiply-adds
     * @param parameters     of learned values
     * @param frameworkBytes of what a framework moves between memory and feature maps
     * @param plannedBytes   of what this runtime's plan moves
     */
    public record Correlations(double cio, double macs, double parameters, double frameworkBytes,
            double plannedBytes) {
        private static Correlations of(List<NetworkComparison> networks) {
            return new Correlations(with(networks, NetworkComparison::cio), with(networks, NetworkComparison::macs),
                    with(networks, NetworkComparison::parameters), with(networks, NetworkComparison::frameworkBytes),
                    with(networks, NetworkComparison::plannedBytes));
        }

        private static double with(List<NetworkComparison> networks, ToDoubleFunction<NetworkComparison> figure) {
            return RankCorrelation.of(networks.stream().mapToDouble(figure).toArray(),
                    networks.stream().mapToDouble(NetworkComparison::latencyMillis).toArray());
        }
    }

    /** Makes the lists immutable. */
    public ComparisonReport {
        networks = List.copyOf(networks);
        claims = List.copyOf(claims);
    }

    /**
     * Checks the claims and correlates.
     *
     * @param networks   the networks, each once; the latencies of all or of none measured
     * @param measuredOn what the latencies were measured on, null where they were not
     * @return the report
     */
    public static ComparisonReport of(List<NetworkComparison> networks, String measuredOn) {
        Map<String, NetworkComparison> byName = networks.stream()
                .collect(Collectors.toMap(NetworkComparison::network, Function.identity()));
        boolean correlates = measuredOn != null && networks.size() >= LEAST_CORRELATED;
        return new ComparisonReport(networks,
                PaperClaim.ALL.stream().map(claim -> ClaimCheck.of(claim, byName)).toList(), measuredOn,
                correlates ? Correlations.of(networks) : null);
    }
}
