package dev.hardnet.cli;

import dev.hardnet.traffic.scalesim.ScaleSimComparison;
import dev.hardnet.traffic.scalesim.SimulatedTraffic;
import dev.hardnet.traffic.scalesim.Topology;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardnet compare-scalesim}. */
@Command(name = "compare-scalesim", mixinStandardHelpOptions = true,
        description = {"Compare what SCALE-Sim reports to move from and to DRAM with the CIO, layer by layer:",
            "the reads of inputs and the writes of outputs, in words, over the elements that a layer reads and writes.",
            "Network and size must be those given to 'hardnet export-scalesim'."})
final class CompareScaleSimCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LayerSourceOptions source;

    @Parameters(paramLabel = "REPORTDIR",
            description = "Where the simulator wrote COMPUTE_REPORT.csv, BANDWIDTH_REPORT.csv and "
                    + "DETAILED_ACCESS_REPORT.csv.")
    private Path reports;

    @Option(names = "--json", description = "Print JSON: the same figures.")
    private boolean json;

    @Override
    public Integer call() {
        ScaleSimComparison comparison = ScaleSimComparison.of(Topology.of(source.layers()), reports);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, comparison);
        } else {
            print(out, comparison);
        }
        return 0;
    }

    private static void print(PrintWriter out, ScaleSimComparison comparison) {
        TextTable table = new TextTable("layer", "ifmap reads", "ofmap writes", "filter reads", "cycles", "elements",
                "ratio");
        comparison.layers().forEach(layer -> add(table, layer));
        add(table, comparison.convolutions());
        add(table, comparison.total());
        table.print(out);
        LeftOutLines.print(out, comparison.leftOut());
        out.printf(Locale.ROOT, "%n%s: SCALE-Sim moves %s words of maps in convolutions, %.2f times the CIO of %s%n",
                comparison.network(), Units.millions(comparison.convolutions().ifmapReads()
                        + comparison.convolutions().ofmapWrites()), comparison.convolutions().ratio(),
                Units.millions(comparison.convolutions().elements()));
        out.flush();
    }

    private static void add(TextTable table, SimulatedTraffic traffic) {
        table.add(traffic.layer(), String.valueOf(traffic.ifmapReads()), String.valueOf(traffic.ofmapWrites()),
                String.valueOf(traffic.filterReads()), String.valueOf(traffic.cycles()),
                String.valueOf(traffic.elements()), String.format(Locale.ROOT, "%.2f", traffic.ratio()));
    }
}
