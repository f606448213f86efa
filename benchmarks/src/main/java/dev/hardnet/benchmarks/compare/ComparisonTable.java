package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.compare.RuntimeResult.Refused;
import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as text. */
final class ComparisonTable {
    private static final String HEADER = "  %-14s %12s %12s %8s   %-15s %10s %10s %10s%n".formatted("runtime",
            "median ms", "p90 ms", "ratio", "of its forks", "peak MiB", "above JVM", "ours/its");

    private ComparisonTable() {
    }

    /** The rows of one case, with what ours makes of the machine where that was measured. */
    static String text(CaseResult result, Optional<MachineLimits> limits) {
        String rows = Stream.concat(Stream.of(result.ours()), result.peers().stream())
                .map(each -> row(each, result)).collect(Collectors.joining());
        String rate = String.format(Locale.ROOT, "%.1f GMAC/s", result.gigaMacsPerSecond());
        String share = limits.map(each -> String.format(Locale.ROOT, ", %.0f%% of the matrix product's",
                100 * result.gigaMacsPerSecond() / each.gigaMacsPerSecond())).orElse("");
        return String.format(Locale.ROOT, "%s: %.2f GMAC, ours does %s%s%n", result.benchmarkCase(),
                result.macs() / 1e9, rate, share) + HEADER + rows;
    }

    private static String row(RuntimeResult found, CaseResult result) {
        return switch (found) {
            case Timed timed -> String.format(Locale.ROOT,
                    "  %-14s %12.2f %12.2f %8.2f   %-15s %10.0f %10.0f %10.2f%n",
                    timed.runtime(), timed.medianMillis(), timed.p90Millis(), timed.ratioTo(result.ours()),
                    spread(timed, result.ours()), timed.peakMebibytes(), result.aboveJvm(timed),
                    result.memoryRatio(timed));
            case Refused refused -> "  %-14s not timed: %s%n".formatted(refused.runtime(), refused.reason());
        };
    }

    private static String spread(Timed timed, Timed ours) {
        double[] ratios = timed.ratiosTo(ours);
        return timed == ours ? "" : String.format(Locale.ROOT, "%.2f to %.2f", ratios[0], ratios[ratios.length - 1]);
    }
}
