package dev.hardnet.cli;

import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.graph.Graph;
import dev.hardnet.traffic.NetworkFigures;
import dev.hardnet.traffic.PublishedFigures;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet networks}. */
@Command(name = "networks", mixinStandardHelpOptions = true,
        description = "List the networks with their parameters, multiply-adds and convolutional input/output, "
                + "beside those that the paper gives.")
final class NetworksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What the paper says of a network. */
    private record Paper(long parameters, long macs, long cio, String remark) {
        static Paper of(PublishedFigures figures) {
            return new Paper(Math.round(figures.parameters()), Math.round(figures.macs()), Math.round(figures.cio()),
                    figures.remark());
        }
    }

    /** One network's figures at its published input size; {@code paper} is null where the paper has none. */
    private record Row(String name, String task, String input, long parameters, long macs, long cio, Paper paper) {
        static Row of(Network network) {
            InputSize size = network.publishedSize();
            Graph graph = network.graph(1, size.height(), size.width(), network.publishedClasses());
            NetworkFigures figures = NetworkFigures.of(graph);
            return new Row(network.name(), network.task().name().toLowerCase(Locale.ROOT),
                    graph.input().shape().toString(), figures.parameters(), figures.macs(), figures.cio(),
                    PublishedFigures.of(network.name()).map(Paper::of).orElse(null));
        }

        /** A figure of the paper's, and by how much ours is above it. */
        String paper(long ours, ToLongFunction<Paper> figure, LongFunction<String> unit) {
            if (paper == null) {
                return "";
            }
            long theirs = figure.applyAsLong(paper);
            return unit.apply(theirs) + String.format(Locale.ROOT, " (%+.1f%%)", 100.0 * (ours - theirs) / theirs);
        }
    }

    @Override
    public Integer call() {
        List<Row> rows = Network.all().stream().map(Row::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, rows);
            return 0;
        }
        TextTable table = new TextTable("network", "task", "input", "parameters", "paper", "MACs", "paper", "CIO",
                "paper");
        for (Row row : rows) {
            table.add(row.name, row.task, row.input,
                    Units.millions(row.parameters), row.paper(row.parameters, Paper::parameters, Units::millions),
                    Units.billions(row.macs), row.paper(row.macs, Paper::macs, Units::billions),
                    Units.millions(row.cio), row.paper(row.cio, Paper::cio, Units::millions));
        }
        table.print(out);
        printRemarks(out, rows);
        return 0;
    }

    private static void printRemarks(PrintWriter out, List<Row> rows) {
        Map<String, String> networks = new LinkedHashMap<>();
        rows.stream().filter(row -> row.paper != null && !row.paper.remark().isEmpty())
                .forEach(row -> networks.merge(row.paper.remark(), row.name, (all, name) -> all + ", " + name));
        out.println("Under 'paper': Tables 2 and 4 of arXiv 1909.00948, and by how much our figure is above theirs.");
        networks.forEach((remark, names) -> out.println(names + ": " + remark + "."));
        out.flush();
    }
}
