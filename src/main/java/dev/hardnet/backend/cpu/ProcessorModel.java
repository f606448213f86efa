package dev.hardnet.backend.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which processor this is, as the system names it. */
public final class ProcessorModel {
    /** What tells models of x86-64, then of arm64, from each other. */
    private static final List<String> FIELDS = List.of("model name", "cpu family", "model", "stepping",
            "CPU implementer", "CPU variant", "CPU part", "CPU revision");

    private ProcessorModel() {
    }

    /**
     * Reads the first processor of /proc/cpuinfo.
     *
     * @return for example {@code AMD EPYC, cpu family 26, model 2, stepping 1}; the platform where that cannot be read
     */
    public static String read() {
        try {
            return of(Files.readString(Path.of("/proc/cpuinfo"))).orElseGet(Platform::name);
        } catch (IOException _) {
            return Platform.name();
        }
    }

    /** For example {@code AMD EPYC, cpu family 26, model 2, stepping 1}; empty where none of the fields is there. */
    static Optional<String> of(String cpuinfo) {
        String first = cpuinfo.split("\n\n", 2)[0];
        String text = FIELDS.stream().flatMap(field -> value(first, field).stream())
                .collect(Collectors.joining(", "));
        return Optional.of(text).filter(any -> !any.isEmpty());
    }

    private static Optional<String> value(String processor, String field) {
        Matcher line = Pattern.compile("(?m)^" + field + "[ \\t]*:[ \\t]*(.+)$").matcher(processor);
        return line.find() ? Optional.of(field.equals("model name") ? line.group(1) : field + " " + line.group(1))
                : Optional.empty();
    }
}
