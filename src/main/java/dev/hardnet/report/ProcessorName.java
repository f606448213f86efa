package dev.hardnet.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the processor is called. */
public final class ProcessorName {
    private static final Path INFO = Path.of("/proc/cpuinfo");

    private ProcessorName() {
    }

    /**
     * Asks the system.
     *
     * @return for example {@code AMD EPYC 9554}, or the architecture where the system does not say
     */
    public static String find() {
        try (Stream<String> lines = Files.lines(INFO)) {
            return lines.filter(line -> line.startsWith("model name") && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException unknown) {
            return System.getProperty("os.arch");
        }
    }
}
