package dev.hardnet.cli;

import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.graph.Graph;
import dev.hardnet.traffic.NetworkFigures;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet networks}. */
@Command(name = "networks", mixinStandardHelpOptions = true,
        description = "List the networks with their parameters, multiply-adds and convolutional input/output.")
final class NetworksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** One network's figures at its published input size. */
    private record Row(String name, String task, String input, long parameters, long macs, long cio) {
        static Row of(Network network) {
            InputSize size = network.publishedSize();
            Graph graph = network.graph(1, size.height(), size.width(), network.publishedClasses());
            NetworkFigures figures = NetworkFigures.of(graph);
            return new Row(network.name(), network.task().name().toLowerCase(Locale.ROOT),
                    graph.input().shape().toString(), figures.parameters(), figures.macs(), figures.cio());
        }
    }

    @Override
    public Integer call() {
        List<Row> rows = Network.all().stream().map(Row::of).toList();
        if (json) {
            Json.print(spec.commandLine().getOut(), rows);
            return 0;
        }
        TextTable table = new TextTable("network", "task", "input", "parameters", "MACs", "CIO");
        for (Row row : rows) {
            table.add(row.name, row.task, row.input, Units.millions(row.parameters), Units.billions(row.macs),
                    Units.millions(row.cio));
        }
        table.print(spec.commandLine().getOut());
        return 0;
    }
}
