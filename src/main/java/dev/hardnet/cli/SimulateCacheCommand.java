package dev.hardnet.cli;

import dev.hardnet.Device;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.backend.cpu.CacheSize;
import dev.hardnet.backend.cpu.CacheTraffic;
import dev.hardnet.backend.cpu.ProgramText;
import dev.hardnet.io.AtomicFile;
import dev.hardnet.plan.Plan;
import dev.hardnet.traffic.cache.CacheReport;
import dev.hardnet.traffic.cache.CacheSimulation;
import dev.hardnet.traffic.cache.StepTraffic;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet simulate-cache}. */
@Command(name = "simulate-cache", mixinStandardHelpOptions = true,
        description = "Predict what a network on the processor reads from and writes to memory, through a last-level "
                + "cache of any size: each step, on one thread.")
final class SimulateCacheCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-n", "--network"}, paramLabel = "NAME", required = true,
            description = "The network; 'hardnet networks' lists them.")
    private String network;

    @Mixin
    private InputOptions input;

    @Mixin
    private ClassMapOptions classMap;

    @Option(names = "--cache", paramLabel = "SIZE[:LINE[:WAYS]]", defaultValue = "1MiB:64:16",
            description = "The last level: its size (bytes, or with KiB or MiB), the bytes of a line and the ways of a "
                    + "set. Default: 1MiB:64:16. In front of it is a first level of 32 KiB with 8 ways.")
    private String cache;

    @Option(names = "--program", paramLabel = "FILE",
            description = "Also write the steps as text for native/test/hn_run_plan, which runs them under a profiler.")
    private Path program;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Lines and bytes of one run. */
    private record Run(long bytesRead, long bytesWritten, double hitShare, long lineAccesses, long requests,
                       long readMisses, long writeMisses) {
        static Run of(CacheTraffic traffic) {
            return new Run(traffic.bytesRead(), traffic.bytesWritten(), traffic.hitShare(), traffic.accesses(),
                    traffic.requests(), traffic.readMisses(), traffic.writeMisses());
        }
    }

    /** One step for a program. */
    private record StepRow(int step, String operator, String name, Run first, Run steady) {
        static StepRow of(StepTraffic traffic) {
            return new StepRow(traffic.step().index(), traffic.step().operator().kind(),
                    traffic.step().operator().name(), Run.of(traffic.first()), Run.of(traffic.steady()));
        }
    }

    /** Everything for a program. */
    private record Result(String network, String input, String firstLevel, String lastLevel, Run first, Run steady,
                          List<StepRow> steps) {
    }

    @Override
    public Integer call() {
        CacheSize size = CacheSize.parse(cache);
        SessionOptions.Builder options = SessionOptions.builder().device(Device.CPU).threads(1);
        Plan plan = Session.plan(Network.byName(network), classMap.addTo(input.addTo(options)).build());
        CacheReport report = simulate(plan, size);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, result(plan, report));
        } else {
            print(out, plan, report);
        }
        if (program != null) {
            byte[] text = ProgramText.of(plan).getBytes(StandardCharsets.US_ASCII);
            AtomicFile.write(program, file -> file.write(text));
        }
        return 0;
    }

    private static CacheReport simulate(Plan plan, CacheSize size) {
        try (SlowProgress progress = new SlowProgress("Simulating")) {
            return CacheSimulation.run(plan, size, progress);
        }
    }

    private Result result(Plan plan, CacheReport report) {
        return new Result(network, plan.graph().input().shape().toString(), report.firstLevel().toString(),
                report.lastLevel().toString(), Run.of(report.first()), Run.of(report.steady()),
                report.steps().stream().map(StepRow::of).toList());
    }

    private void print(PrintWriter out, Plan plan, CacheReport report) {
        out.printf("%s, input %s, caches %s and %s, one thread, a run after another%n%n", network,
                plan.graph().input().shape(), report.firstLevel(), report.lastLevel());
        TextTable table = new TextTable("step", "operator", "name", "read", "written", "hits");
        for (StepTraffic traffic : report.steps()) {
            table.add(Integer.toString(traffic.step().index()), traffic.step().operator().kind(),
                    traffic.step().operator().name(), Units.mebibytes(traffic.steady().bytesRead()),
                    Units.mebibytes(traffic.steady().bytesWritten()), hits(traffic.steady()));
        }
        table.print(out);
        out.println();
        printTotal(out, "a run after another", report.steady());
        printTotal(out, "first run, empty caches", report.first());
        out.flush();
    }

    private static void printTotal(PrintWriter out, String run, CacheTraffic traffic) {
        out.printf("%-24s %11s from memory, read %s, written %s, hits %s%n", run, Units.mebibytes(traffic.bytes()),
                Units.mebibytes(traffic.bytesRead()), Units.mebibytes(traffic.bytesWritten()), hits(traffic));
    }

    private static String hits(CacheTraffic traffic) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * traffic.hitShare());
    }
}
