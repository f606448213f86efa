package dev.hardnet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the process holds outside the Java heap. */
public final class NativeMemory {
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=(\\d+), committed=\\d+\\)");

    private NativeMemory() {
    }

    /** Bytes that Java code holds in foreign memory, as the JVM's native memory tracking counts them. */
    public static long foreignBytes() {
        try {
            String report = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmNativeMemory",
                    new Object[] {new String[] {"summary", "scale=1"}}, new String[] {String[].class.getName()});
            Matcher other = OTHER.matcher(report);
            if (!other.find()) {
                throw new IllegalStateException("Run with -XX:NativeMemoryTracking=summary. " + report);
            }
            return Long.parseLong(other.group(1));
        } catch (JMException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Threads of the native kernels that are alive. */
    public static long kernelThreads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(task -> name(task).startsWith("hardnet")).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }
}
