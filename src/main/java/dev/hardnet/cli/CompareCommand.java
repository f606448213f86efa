package dev.hardnet.cli;

import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Task;
import dev.hardnet.traffic.ComparisonReport;
import dev.hardnet.traffic.NetworkComparison;
import dev.hardnet.traffic.PublishedFigures;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet compare}. */
@Command(name = "compare", mixinStandardHelpOptions = true,
        description = "Compare networks by parameters, multiply-adds, convolutional input/output and memory traffic, "
                + "beside the paper's Table 4, and check the paper's claims.")
final class CompareCommand implements Callable<Integer> {
    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--networks", paramLabel = "NAME", split = ",",
            description = "The networks, separated by commas. Default: those of Table 4; 'hardnet networks' lists all.")
    private List<String> names;

    @Option(names = "--measure",
            description = "Also measure the latency of each at its published size, with synthetic weights, and how "
                    + "well CIO, multiply-adds, ... predict its order (Spearman's rank correlation).")
    private boolean measure;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "1",
            description = "How long to measure each network, after a warm-up of a fifth of it; three runs at least. "
                    + "Default: 1.")
    private double seconds;

    @Mixin
    private DeviceOptions device;

    @Option(names = "--json", description = "Print JSON: the same figures, in bytes, elements and milliseconds.")
    private boolean json;

    @Override
    public Integer call() {
        List<Network> networks = names == null ? tableFour() : names.stream().distinct().map(Network::byName).toList();
        ComparisonReport report = measure ? measured(networks) : compare(networks);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, report);
        } else {
            ComparisonTable.print(out, report);
        }
        return 0;
    }

    /** Compares without any latency. */
    static ComparisonReport compare(List<Network> networks) {
        return ComparisonReport.of(networks.stream().map(each -> NetworkComparison.of(each, null)).toList(), null);
    }

    static List<Network> tableFour() {
        return Network.all().stream().filter(network -> network.task() == Task.CLASSIFICATION)
                .filter(network -> PublishedFigures.of(network.name()).isPresent()).toList();
    }

    private ComparisonReport measured(List<Network> networks) {
        SessionOptions options = device.toSession().build();
        List<NetworkComparison> compared = new ArrayList<>();
        String backend = "";
        try (SlowProgress progress = new SlowProgress("measure")) {
            for (Network network : networks) {
                try (Model model = Model.synthetic(network, 1); Session session = Session.open(model, options)) {
                    backend = session.backend();
                    double median = RunTimes.measure(session, seconds).percentile(50) / NANOSECONDS_PER_MILLISECOND;
                    compared.add(NetworkComparison.of(network, median));
                }
                progress.accept((double) compared.size() / networks.size());
            }
        }
        return ComparisonReport.of(compared, "%s, %d thread%s".formatted(backend, options.threads(),
                options.threads() == 1 ? "" : "s"));
    }
}
