package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.SessionOptions;
import dev.hardnet.backend.cpu.MachineMeasurement;
import dev.hardnet.traffic.MachineBalance;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The machine that rooflines are drawn for: given, or this one's processor, measured. */
final class MachineOptions {
    @Option(names = "--peak", paramLabel = "GMACS",
            description = "What the machine computes at most, in thousand millions of float32 multiply-adds a second. "
                    + "Default: measured on this machine, half a second.")
    private Double peak;

    @Option(names = "--bandwidth", paramLabel = "GBS",
            description = "What its memory moves at most, in thousand millions of bytes a second. Default: measured on "
                    + "this machine (reading), half a second.")
    private Double bandwidth;

    /** The machine given, or empty where neither figure is: for devices that cannot be measured. */
    Optional<MachineBalance> given(String device) {
        if (peak == null && bandwidth == null) {
            return Optional.empty();
        }
        if (peak == null || bandwidth == null) {
            throw new HarDNetException("Peak and bandwidth of %s cannot be measured; expected both --peak and "
                    .formatted(device) + "--bandwidth, or neither.");
        }
        return Optional.of(asGiven());
    }

    /** The machine given; what is not given is measured on this one. */
    MachineBalance balance(int threads) {
        if (peak != null && bandwidth != null) {
            return asGiven();
        }
        if (threads < 1 || threads > SessionOptions.MAX_THREADS) {
            throw new HarDNetException("A machine cannot be measured on %d threads; expected 1 to %d."
                    .formatted(threads, SessionOptions.MAX_THREADS));
        }
        MachineMeasurement measurement = MachineMeasurement.on(threads);
        return new MachineBalance(peak == null ? measurement.gigaMacsPerSecond() : peak,
                bandwidth == null ? measurement.gigabytesPerSecond() : bandwidth, origin(threads));
    }

    private MachineBalance asGiven() {
        return new MachineBalance(peak, bandwidth, "as given");
    }

    private String origin(int threads) {
        String what = peak == null && bandwidth == null ? "both" : peak == null ? "the first" : "the second";
        return "%s measured here on %d thread%s".formatted(what, threads, threads == 1 ? "" : "s");
    }
}
