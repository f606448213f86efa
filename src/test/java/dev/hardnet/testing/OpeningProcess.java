package dev.hardnet.testing;

import com.sun.management.ThreadMXBean;
import dev.hardnet.Device;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A JVM of its own that opens one session and prints how many bytes of the Java heap that took. */
public final class OpeningProcess {
    private OpeningProcess() {
    }

    /**
     * Opens a session in this process.
     *
     * @param arguments a network and a file of its weights
     */
    public static void main(String[] arguments) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Model model = Model.load(Network.byName(arguments[0]), Path.of(arguments[1]));
                Session _ = Session.open(model, SessionOptions.builder().device(Device.CPU).threads(2).build())) {
            System.out.println(threads.getCurrentThreadAllocatedBytes() - before);
        }
    }

    /**
     * Opens a session in a new process.
     *
     * @param network the network
     * @param weights a file of its weights
     * @return bytes that the opening thread allocated in the heap, those of classes that were loaded included
     */
    public static long allocatedBytes(Network network, Path weights) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Dhardnet.strict=true",
                "-Dhardnet.cache=" + System.getProperty("hardnet.cache"),
                "-cp", System.getProperty("java.class.path"), OpeningProcess.class.getName(), network.name(),
                weights.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The process ended with status " + process.exitValue() + ".");
        }
        return Long.parseLong(output);
    }
}
