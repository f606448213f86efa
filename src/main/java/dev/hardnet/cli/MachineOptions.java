package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.SessionOptions;
import dev.hardnet.backend.cpu.MachineMeasurement;
import dev.hardnet.traffic.MachineBalance;
import picocli.CommandLine.Option;

/** The machine that rooflines are drawn for: given, or this one, measured. */
final class MachineOptions {
    @Option(names = "--peak", paramLabel = "GMACS",
            description = "What the machine computes at most, in thousand millions of float32 multiply-adds a second. "
                    + "Default: measured on this machine, half a second.")
    private Double peak;

    @Option(names = "--bandwidth", paramLabel = "GBS",
            description = "What its memory moves at most, in thousand millions of bytes a second. Default: measured on "
                    + "this machine (reading), half a second.")
    private Double bandwidth;

    @Option(names = "--threads", paramLabel = "T",
            description = "Threads that a measurement takes. Default: one for each processor.")
    private Integer threads;

    MachineBalance balance() {
        if (peak != null && bandwidth != null) {
            return new MachineBalance(peak, bandwidth, "as given");
        }
        int count = threads();
        MachineMeasurement measurement = MachineMeasurement.on(count);
        return new MachineBalance(peak == null ? measurement.gigaMacsPerSecond() : peak,
                bandwidth == null ? measurement.gigabytesPerSecond() : bandwidth, origin(count));
    }

    /** The threads of every measurement. */
    int threads() {
        int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (count < 1 || count > SessionOptions.MAX_THREADS) {
            throw new HarDNetException("A machine cannot be measured on %d threads; expected 1 to %d."
                    .formatted(count, SessionOptions.MAX_THREADS));
        }
        return count;
    }

    private String origin(int count) {
        String what = peak == null && bandwidth == null ? "both" : peak == null ? "the first" : "the second";
        return "%s measured here on %d thread%s".formatted(what, count, count == 1 ? "" : "s");
    }
}
