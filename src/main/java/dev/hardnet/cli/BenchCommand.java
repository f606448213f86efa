package dev.hardnet.cli;

import dev.hardnet.Model;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.io.AtomicFile;
import dev.hardnet.profile.ChromeTrace;
import dev.hardnet.profile.Profile;
import dev.hardnet.profile.StepFigures;
import dev.hardnet.traffic.MachineBalance;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet bench}. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Measure the latency of a network: median, p90, p99, images per second, arena, arithmetic rate.")
final class BenchCommand implements Callable<Integer> {
    private static final long NANOSECONDS = 1_000_000_000L;
    private static final int DEVICE_RUNS = 50;
    private static final int PROFILED_RUNS = 21;
    /** How backends are named whose peak and bandwidth can be measured: those of native kernels. */
    private static final String MEASURABLE = "cpu";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private InputOptions input;

    @Mixin
    private ClassMapOptions classMap;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "5",
            description = "How long to measure, after a warm-up of a fifth of it. Default: 5.")
    private double seconds;

    @Mixin
    private MachineOptions machine;

    @Option(names = "--layers",
            description = {"Also tell of each step its time (fastest of 21 profiled runs) and share; its multiply-adds "
                    + "and bytes in a second, as the plan counts them; how much of the time the roofline accounts "
                    + "for; how it is convolved.", "On a GPU the roofline needs --peak and --bandwidth."})
    private boolean layers;

    @Option(names = "--profile", paramLabel = "FILE",
            description = "As --layers, and write the steps of the profiled runs as a trace (JSON trace events) for "
                    + "https://ui.perfetto.dev or chrome://tracing.")
    private Path profile;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What each step took, and beside which roofline; that is null where it is not known. */
    private record Steps(MachineBalance machine, List<StepFigures> figures) {
        static final Steps NONE = new Steps(null, null);
    }

    /**
     * What was measured; times in milliseconds. Those of the device are null where that is the processor, convolutions
     * where there is one way only, machine and layers where they were not asked for.
     */
    private record Result(String network, String weights, String input, String backend, int threads, int runs,
                          double medianMillis, double p90Millis, double p99Millis, double imagesPerSecond,
                          long arenaBytes, double gigaMacsPerSecond, Double deviceMillis, Long peakDeviceBytes,
                          String convolutions, MachineBalance machine, List<StepFigures> layers) {
    }

    @Override
    public Integer call() {
        SessionOptions options = classMap.addTo(input.addTo(device.toSession())).build();
        try (Model loaded = model.loadOrSynthetic(); Session session = DeviceOptions.open(loaded, options)) {
            report(loaded, session, options, RunTimes.measure(session, seconds));
        }
        return 0;
    }

    private void report(Model loaded, Session session, SessionOptions options, RunTimes times) {
        Steps steps = layers || profile != null ? profile(loaded, session, options) : Steps.NONE;
        double median = times.percentile(50);
        Result result = new Result(loaded.network().name(), loaded.origin(), session.inputShape().toString(),
                session.backend(), options.threads(), times.runs(), median / 1e6, times.percentile(90) / 1e6,
                times.percentile(99) / 1e6, options.batch() * NANOSECONDS / median, session.plan().arenaBytes(),
                session.plan().graph().macs() / median, boxed(session.deviceMillis(DEVICE_RUNS)),
                boxed(session.deviceBytes()), session.convolutions().isEmpty() ? null : session.convolutions(),
                steps.machine, steps.figures);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, result);
            return;
        }
        out.printf(Locale.ROOT, "%s (%s), input %s, %s, %s, %d runs%n", result.network, result.weights,
                result.input, result.backend, threads(result.threads), result.runs);
        out.printf(Locale.ROOT, "latency   median %.2f ms   p90 %.2f ms   p99 %.2f ms%n", result.medianMillis,
                result.p90Millis, result.p99Millis);
        out.printf(Locale.ROOT, "rate      %.1f images/s   %.1f GMAC/s%n", result.imagesPerSecond,
                result.gigaMacsPerSecond);
        if (result.deviceMillis != null) {
            out.printf(Locale.ROOT, "device    median %.3f ms without transfers   %s with weights%n",
                    result.deviceMillis, Units.mebibytes(result.peakDeviceBytes));
        }
        if (result.convolutions != null) {
            out.printf("ways      %s%n", result.convolutions);
        }
        out.printf(Locale.ROOT, "arena     %s (%d bytes)%n", Units.mebibytes(result.arenaBytes), result.arenaBytes);
        if (result.layers != null) {
            printSteps(out, result);
        }
        out.flush();
    }

    private Steps profile(Model loaded, Session session, SessionOptions options) {
        Optional<MachineBalance> balance = session.backend().startsWith(MEASURABLE)
                ? Optional.of(machine.balance(options.threads())) : machine.given(session.backend());
        String title = "%s (%s), input %s, %s, %s".formatted(loaded.network().name(), loaded.origin(),
                session.inputShape(), session.backend(), threads(options.threads()));
        Profile measured = Profile.measure(title, session, PROFILED_RUNS);
        if (profile != null) {
            String trace = ChromeTrace.write(measured);
            AtomicFile.write(profile, file -> file.write(trace.getBytes(StandardCharsets.UTF_8)));
        }
        return new Steps(balance.orElse(null), measured.fastest(balance));
    }

    private static void printSteps(PrintWriter out, Result result) {
        if (result.machine != null) {
            out.printf(Locale.ROOT, "machine   %.1f GMAC/s, %.1f GB/s (%s)%n", result.machine.gigaMacsPerSecond(),
                    result.machine.gigabytesPerSecond(), result.machine.origin());
        }
        out.println();
        StepTable.print(out, result.layers);
    }

    private static String threads(int count) {
        return "%d thread%s".formatted(count, count == 1 ? "" : "s");
    }

    private static Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
