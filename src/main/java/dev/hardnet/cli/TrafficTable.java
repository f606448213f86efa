package dev.hardnet.cli;

import dev.hardnet.traffic.ExecutionTraffic;
import dev.hardnet.traffic.LayerTraffic;
import dev.hardnet.traffic.MachineBalance;
import dev.hardnet.traffic.TrafficReport;
import dev.hardnet.traffic.UnsupportedNode;
import java.io.PrintWriter;
import java.util.Locale;

/** A traffic report for people. */
final class TrafficTable {
    private TrafficTable() {
    }

    static void print(PrintWriter out, TrafficReport report) {
        printHead(out, report);
        out.println();
        executions(report).print(out);
        out.println();
        boolean whole = report.layers().size() == report.layerCount();
        out.printf("%s, %d of them memory-bound as a framework runs them%s%n",
                whole ? "all %d layers".formatted(report.layerCount())
                        : "the %d heaviest of %d layers".formatted(report.layers().size(), report.layerCount()),
                report.memoryBoundLayers(), whole ? "" : " (--all lists every one)");
        layers(report).print(out);
        printUnsupported(out, report);
        out.println();
        out.println(summary(report));
        out.flush();
    }

    private static void printHead(PrintWriter out, TrafficReport report) {
        MachineBalance machine = report.machine();
        out.printf(Locale.ROOT, "%s, input %s: %s multiply-adds, CIO %s, MoC %.1f, %s weights, arena %s%n",
                report.network(), report.input(), Units.billions(report.macs()), Units.millions(report.cio()),
                report.moc(), Units.millions(report.weights()), Units.mebibytes(report.arenaBytes()));
        out.printf(Locale.ROOT, "machine: %.1f GMAC/s, %.1f GB/s (%s); memory-bound is what computes less than %.2f "
                + "multiply-adds for a byte%n", machine.gigaMacsPerSecond(), machine.gigabytesPerSecond(),
                machine.origin(), machine.macsPerByte());
    }

    private static TextTable executions(TrafficReport report) {
        TextTable table = new TextTable("execution", "steps", "read", "written", "weights", "total", "of framework",
                "roofline");
        for (ExecutionTraffic each : report.executions()) {
            table.add(each.execution(), Integer.toString(each.steps()), Units.mebibytes(each.readBytes()),
                    Units.mebibytes(each.writtenBytes()), Units.mebibytes(each.weightBytes()),
                    Units.mebibytes(each.totalBytes()), String.format(Locale.ROOT, "%.1f%%", 100 * each.ratio()),
                    Units.milliseconds(each.rooflineMillis() * 1e6));
        }
        return table;
    }

    private static TextTable layers(TrafficReport report) {
        TextTable table = new TextTable("layer", "kind", "output", "MACs", "CIO", "MoC", "weights", "framework",
                "concat-free", "plan", "fused", "MACs/byte", "bound by", "roofline");
        for (LayerTraffic each : report.layers()) {
            table.add(each.layer(), each.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), each.output(),
                    each.macs() == 0 ? "" : String.format(Locale.ROOT, "%.1f M", each.macs() / 1e6),
                    each.cio() == 0 ? "" : Units.millions(each.cio()),
                    each.moc() == null ? "" : String.format(Locale.ROOT, "%.1f", each.moc()),
                    each.weights() == 0 ? "" : Long.toString(each.weights()),
                    Units.mebibytes(each.frameworkBytes()), Units.mebibytes(each.concatFreeBytes()),
                    each.plannedBytes() == null ? "" : Units.mebibytes(each.plannedBytes()),
                    Units.mebibytes(each.fusedBytes()), String.format(Locale.ROOT, "%.1f", each.macsPerByte()),
                    bound(each), String.format(Locale.ROOT, "%.3f ms", each.rooflineMillis()));
        }
        return table;
    }

    private static String bound(LayerTraffic layer) {
        return layer.frameworkBytes() == 0 ? "nothing" : layer.memoryBound() ? "memory" : "arithmetic";
    }

    private static void printUnsupported(PrintWriter out, TrafficReport report) {
        if (report.unsupported().isEmpty()) {
            return;
        }
        out.printf("%n%d nodes are counted in no figure:%n", report.unsupported().size());
        for (UnsupportedNode node : report.unsupported()) {
            out.printf("  %s (%s): %s%n", node.node(), node.operator(), node.reason());
        }
    }

    private static String summary(TrafficReport report) {
        ExecutionTraffic framework = report.executions().getFirst();
        ExecutionTraffic planned = report.executions().get(2);
        String left = report.unsupported().isEmpty() ? ""
                : " (%d nodes not counted)".formatted(report.unsupported().size());
        return String.format(Locale.ROOT, "Planned by this runtime, %s moves %s, %.1f%% of the %s that a framework "
                + "moves; full fusion would move %s%s.", report.network(), Units.mebibytes(planned.totalBytes()),
                100 * planned.ratio(), Units.mebibytes(framework.totalBytes()),
                Units.mebibytes(report.executions().getLast().totalBytes()), left);
    }
}
