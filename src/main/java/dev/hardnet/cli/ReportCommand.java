package dev.hardnet.cli;

import dev.hardnet.Device;
import dev.hardnet.Model;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.backend.cpu.ProcessorModel;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Shape;
import dev.hardnet.io.AtomicFile;
import dev.hardnet.io.Release;
import dev.hardnet.plan.PlanTimeline;
import dev.hardnet.profile.Profile;
import dev.hardnet.report.LatencyMeasurement;
import dev.hardnet.report.NetworkReport;
import dev.hardnet.report.ReportPage;
import dev.hardnet.traffic.ComparisonReport;
import dev.hardnet.traffic.MachineBalance;
import dev.hardnet.traffic.NetworkFigures;
import dev.hardnet.traffic.TrafficReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet report}. */
@Command(name = "report", mixinStandardHelpOptions = true,
        description = "Write a page for a browser, DIR/index.html: a network's plan, traffic, rooflines and measured "
                + "times on the processor, beside the paper's networks. The page needs no other file and no network.")
final class ReportCommand implements Callable<Integer> {
    private static final int PROFILED_RUNS = 21;
    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;
    private static final double LOADED = 0.1;
    private static final double BALANCED = 0.2;
    private static final double MEASURED = 0.5;
    private static final double COMPARED = 0.9;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model;

    @Mixin
    private InputOptions input;

    @Mixin
    private MachineOptions machine;

    @Option(names = "--threads", paramLabel = "T",
            description = "Threads of every measurement. Default: one for each processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "2",
            description = "How long to measure, after a warm-up of a fifth of it; three runs at least. Default: 2.")
    private double seconds;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "DIR",
            description = "The folder for the page, made when it is not there; an index.html in it is replaced.")
    private Path folder;

    @Option(names = "--json", description = "Also print the page's figures as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        SessionOptions options = input.addTo(SessionOptions.builder().device(Device.CPU).threads(threads))
                .build();
        NetworkReport report;
        try (SlowProgress progress = new SlowProgress("report"); Model loaded = model.loadOrSynthetic();
                Session session = Session.open(loaded, options)) {
            OutputFolder.prepare(folder);
            progress.accept(LOADED);
            report = report(loaded, session, progress);
        }
        Path page = folder.resolve("index.html");
        AtomicFile.write(page, out -> out.write(ReportPage.write(report).getBytes(StandardCharsets.UTF_8)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, report);
        } else {
            out.printf(Locale.ROOT, "%s: %s, input %s, median %.2f ms on %s%n", page, report.traffic().network(),
                    report.traffic().input(), report.latency().medianMillis(), report.latency().backend());
            out.flush();
        }
        return 0;
    }

    private NetworkReport report(Model loaded, Session session, SlowProgress progress) {
        MachineBalance balance = machine.balance(threads);
        progress.accept(BALANCED);
        LatencyMeasurement latency = latency(loaded, session);
        progress.accept(MEASURED);
        long[] times = Profile.measure(loaded.network().name(), session, Math.min(PROFILED_RUNS, latency.runs()))
                .fastest();
        // Not the plan's own graph, in which the processor's planner has joined convolutions.
        Shape input = session.inputShape();
        Graph graph = loaded.network().graph(input.n(), input.h(), input.w(), loaded.classes());
        TrafficReport traffic = TrafficReport.of(loaded.network().name(), graph, balance);
        ComparisonReport comparison = CompareCommand.compare(CompareCommand.tableFour());
        progress.accept(COMPARED);
        return new NetworkReport(Release.version(), NetworkFigures.of(graph).parameters(), traffic,
                PlanTimeline.of(session.plan()), latency,
                NetworkReport.steps(session.plan(), times, session::way, balance), comparison);
    }

    private LatencyMeasurement latency(Model loaded, Session session) {
        RunTimes times = RunTimes.measure(session, seconds);
        double median = times.percentile(50);
        return new LatencyMeasurement(
                OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                ProcessorModel.read(), session.backend(), threads, loaded.origin(), times.runs(),
                median / NANOSECONDS_PER_MILLISECOND, times.percentile(90) / NANOSECONDS_PER_MILLISECOND,
                session.plan().graph().macs() / median);
    }
}
