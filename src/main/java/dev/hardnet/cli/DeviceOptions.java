package dev.hardnet.cli;

import dev.hardnet.Device;
import dev.hardnet.Model;
import dev.hardnet.Precision;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import picocli.CommandLine.Option;

/** Where to run, and how. */
final class DeviceOptions {
    @Option(names = "--device", paramLabel = "NAME",
            description = "cpu (native kernels), reference (plain Java, slow, exact), cuda or cuda:N (an NVIDIA GPU, "
                    + "by the driver's number) or best (cuda if usable, else cpu). Default: best.")
    private String device;

    @Option(names = "--threads", paramLabel = "T",
            description = "Threads of the native kernels. Default: one for each processor.")
    private Integer threads;

    @Option(names = "--precision", paramLabel = "P", defaultValue = "float32",
            description = "What to compute with: float32; on cpu also bfloat16 (half the arena and memory traffic); on "
                    + "cuda also tf32 (convolutions may round factors to TensorFloat-32) or float16 (half the memory "
                    + "traffic). Default: float32.")
    private Precision precision;

    @Option(names = "--tune",
            description = "Measure the ways to compute each convolution first, and remember the fastest for this "
                    + "machine.")
    private boolean tune;

    SessionOptions.Builder toSession() {
        SessionOptions.Builder options = SessionOptions.builder().precision(precision).tune(tune);
        if (device != null) {
            options.device(Device.byName(device));
        }
        if (threads != null) {
            options.threads(threads);
        }
        return options;
    }

    /** Opens a session, and shows how far its measurements are when they take long. */
    static Session open(Model model, SessionOptions options) {
        try (SlowProgress progress = new SlowProgress("tune")) {
            return Session.open(model, options, progress);
        }
    }
}
