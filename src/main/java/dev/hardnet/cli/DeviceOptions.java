package dev.hardnet.cli;

import dev.hardnet.Device;
import dev.hardnet.SessionOptions;
import picocli.CommandLine.Option;

/** Where to run. */
final class DeviceOptions {
    @Option(names = "--device", paramLabel = "NAME",
            description = "cpu (native kernels) or reference (plain Java, slow, exact). Default: cpu.")
    private String device;

    @Option(names = "--threads", paramLabel = "T",
            description = "Threads of the native kernels. Default: one for each processor.")
    private Integer threads;

    SessionOptions.Builder toSession() {
        SessionOptions.Builder options = SessionOptions.builder();
        if (device != null) {
            options.device(Device.byName(device));
        }
        if (threads != null) {
            options.threads(threads);
        }
        return options;
    }
}
