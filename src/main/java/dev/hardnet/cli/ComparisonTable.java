package dev.hardnet.cli;

import dev.hardnet.traffic.ClaimCheck;
import dev.hardnet.traffic.ComparisonReport;
import dev.hardnet.traffic.NetworkComparison;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** A comparison of networks for people. */
final class ComparisonTable {
    private ComparisonTable() {
    }

    static void print(PrintWriter out, ComparisonReport report) {
        networks(report).print(out);
        printRemarks(out, report);
        out.printf("%nThe paper's claims, and what is found here:%n");
        claims(report).print(out);
        printChoices(out, report);
        printCorrelations(out, report);
        out.flush();
    }

    private static TextTable networks(ComparisonReport report) {
        TextTable table = new TextTable("network", "input", "parameters", "paper", "MACs", "paper", "CIO", "paper",
                "framework", "planned", "latency");
        for (NetworkComparison each : report.networks()) {
            boolean known = each.paper() != null;
            table.add(each.network(), each.input(), Units.millions(each.parameters()),
                    known ? paper(each.paper().parameters(), each.parametersPercent(), Units::millions) : "",
                    Units.billions(each.macs()),
                    known ? paper(each.paper().macs(), each.macsPercent(), Units::billions) : "",
                    Units.millions(each.cio()),
                    known ? paper(each.paper().cio(), each.cioPercent(), Units::millions) : "",
                    Units.mebibytes(each.frameworkBytes()), Units.mebibytes(each.plannedBytes()),
                    each.latencyMillis() == null ? "" : Units.milliseconds(each.latencyMillis() * 1e6));
        }
        return table;
    }

    private static String paper(double theirs, double percent, LongFunction<String> unit) {
        return unit.apply(Math.round(theirs)) + String.format(Locale.ROOT, " (%+.1f%%)", percent);
    }

    private static void printRemarks(PrintWriter out, ComparisonReport report) {
        Map<String, String> remarks = new TreeMap<>();
        report.networks().stream().filter(each -> each.paper() != null && !each.paper().remark().isEmpty())
                .forEach(each -> remarks.merge(each.paper().remark(), each.network(),
                        (all, name) -> all + ", " + name));
        remarks.forEach((remark, names) -> out.printf("%s: %s%n", names, remark));
        out.println("framework, planned: bytes that a framework and this runtime's plan move to and from feature maps");
    }

    private static TextTable claims(ComparisonReport report) {
        TextTable table = new TextTable("claim", "network", "beside", "claimed", "found", "verdict");
        for (ClaimCheck each : report.claims()) {
            table.add(each.claim().statement(), each.claim().network(), each.claim().yardstick(),
                    String.format(Locale.ROOT, "%.0f%% less", each.claim().claimedPercent()),
                    each.foundPercent() == null ? "" : found(each.foundPercent()), verdict(each));
        }
        return table;
    }

    private static String found(double percent) {
        return String.format(Locale.ROOT, "%.1f%% %s", Math.abs(percent), percent < 0 ? "more" : "less");
    }

    private static String verdict(ClaimCheck check) {
        return switch (check.verdict()) {
            case HOLDS -> "holds";
            case DOES_NOT_HOLD -> "does not hold";
            case NOT_CHECKED -> "not checked: " + check.reason();
        };
    }

    private static void printChoices(PrintWriter out, ComparisonReport report) {
        Map<String, String> choices = new TreeMap<>();
        report.claims().forEach(each -> choices.merge(each.claim().choice(),
                each.claim().network() + " and " + each.claim().yardstick(),
                (all, pair) -> all.contains(pair) ? all : all + ", " + pair));
        choices.forEach((choice, pairs) -> out.printf("%s: %s%n", pairs, choice));
        out.println("DRAM traffic is counted: what a framework moves to and from feature maps; the paper's inference "
                + "times are those of GPUs");
    }

    private static void printCorrelations(PrintWriter out, ComparisonReport report) {
        if (report.measuredOn() != null) {
            out.printf("%nlatencies: medians on %s%n", report.measuredOn());
        }
        ComparisonReport.Correlations found = report.correlations();
        if (found != null) {
            out.printf(Locale.ROOT, "Spearman's rank correlation with latency: CIO %.2f, MACs %.2f, parameters %.2f, "
                    + "framework's traffic %.2f, planned traffic %.2f%n", found.cio(), found.macs(),
                    found.parameters(), found.frameworkBytes(), found.plannedBytes());
        }
    }
}
