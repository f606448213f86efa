package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The end of the text: every ratio of times at a glance, and each peer's means. */
final class SummaryTable {
    private static final int CASE_WIDTH = 46;
    private static final String HEADER = "%n%-14s %8s %6s %9s %10s %8s   %-20s %s%n".formatted("peer",
            "threads", "batch", "networks", "time ratio", "least", "of", "memory above JVM");

    private SummaryTable() {
    }

    /** Both tables. */
    static String text(List<CaseResult> results) {
        List<RuntimeName> peers = Arrays.stream(RuntimeName.values()).filter(peer -> results.stream()
                .anyMatch(result -> result.timedPeers().anyMatch(timed -> timed.runtime() == peer))).toList();
        String names = peers.stream().map(" %13s"::formatted).collect(Collectors.joining());
        String ratios = results.stream().map(result -> ratios(result, peers)).collect(Collectors.joining());
        String means = ComparisonSummary.of(results).stream().map(SummaryTable::row).collect(Collectors.joining());
        return "%nTime over ours:%n".formatted()
                + ("%-" + CASE_WIDTH + "s").formatted("") + names + "\n" + ratios
                + "%nGeometric means: their time over ours, our memory above the JVM's own over theirs:".formatted()
                + HEADER + means;
    }

    private static String ratios(CaseResult result, List<RuntimeName> peers) {
        return ("%-" + CASE_WIDTH + "s").formatted(result.benchmarkCase())
                + peers.stream().map(peer -> ratio(result, peer)).collect(Collectors.joining()) + "\n";
    }

    private static String ratio(CaseResult result, RuntimeName peer) {
        return result.timedPeers().filter(timed -> timed.runtime() == peer).findFirst()
                .map(timed -> ratio(timed, result.ours())).orElse(" %13s".formatted("-"));
    }

    private static String ratio(Timed timed, Timed ours) {
        return String.format(Locale.ROOT, " %13.2f", timed.ratioTo(ours));
    }

    private static String row(ComparisonSummary each) {
        return String.format(Locale.ROOT, "%-14s %8d %6d %9d %10.2f %8.2f   %-20s %16.2f%n", each.peer(),
                each.threads(), each.batch(), each.networks(), each.timeRatio(), each.leastRatio(),
                each.leastNetwork(), each.memoryRatio());
    }
}
