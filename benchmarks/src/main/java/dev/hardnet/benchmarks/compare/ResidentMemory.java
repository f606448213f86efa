package dev.hardnet.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of this process. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    private ResidentMemory() {
    }

    /** The most memory that was resident at once, Java's and mapped files included. */
    static double peakMebibytes() throws IOException {
        String line = Files.readAllLines(STATUS).stream().filter(each -> each.startsWith(PEAK)).findFirst()
                .orElseThrow(() -> new IOException(STATUS + " has no line " + PEAK));
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
}
