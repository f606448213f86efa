package dev.hardnet.cli;

import dev.hardnet.Model;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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

    @Option(names = "--layers",
            description = "Also tell the time of each step (fastest of the profiled runs) and how it is convolved.")
    private boolean layers;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /**
     * What was measured; times in milliseconds. Those of the device are null where that is the processor, convolutions
     * where there is one way only, layers where they were not asked for.
     */
    private record Result(String network, String weights, String input, String backend, int threads, int runs,
                          double medianMillis, double p90Millis, double p99Millis, double imagesPerSecond,
                          long arenaBytes, double gigaMacsPerSecond, Double deviceMillis, Long peakDeviceBytes,
                          String convolutions, List<LayerTimes.Layer> layers) {
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
        double median = times.percentile(50);
        Result result = new Result(loaded.network().name(), loaded.origin(), session.inputShape().toString(),
                session.backend(), options.threads(), times.runs(), median / 1e6, times.percentile(90) / 1e6,
                times.percentile(99) / 1e6, options.batch() * NANOSECONDS / median, session.plan().arenaBytes(),
                session.plan().graph().macs() / median, boxed(session.deviceMillis(DEVICE_RUNS)),
                boxed(session.deviceBytes()), session.convolutions().isEmpty() ? null : session.convolutions(),
                layers ? LayerTimes.of(session).layers() : null);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, result);
            return;
        }
        out.printf(Locale.ROOT, "%s (%s), input %s, %s, %d thread%s, %d runs%n", result.network, result.weights,
                result.input, result.backend, result.threads, result.threads == 1 ? "" : "s", result.runs);
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
        if (layers) {
            out.println();
            new LayerTimes(result.layers).print(out);
        }
        out.flush();
    }

    private static Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
