package dev.hardnet.benchmarks.compare;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts a JVM of its own for each measurement, all with the same options.
 *
 * @param folder where their messages go
 */
record ForkProcess(Path folder) {
    /** A small young generation, as a program that cares for memory sets it: garbage of opening counts least. */
    private static final List<String> OPTIONS = List.of("--enable-native-access=ALL-UNNAMED", "-Xms64m", "-Xmx4g",
            "-Xmn8m", "-XX:+UseSerialGC", "-Djava.awt.headless=true");
    /** Settings of the caller that would change what libraries do. */
    private static final List<String> FOREIGN_SETTINGS = List.of("OPENBLAS_", "OMP_", "GOMP_", "KMP_", "MKL_", "DNNL_",
            "ONEDNN_", "OPENCV_", "JAVA_TOOL_OPTIONS");
    private static final String UNCAUGHT = "Exception in thread \"main\" ";
    private static final int LONGEST_MESSAGE = 200;
    private static final long TIMEOUT_SECONDS = 240;

    /**
     * Runs a class and reads its reply.
     *
     * @param main    the class to run; prints one line of JSON
     * @param threads for libraries that only the environment can tell
     * @param request its argument
     * @param reply   what the line describes
     * @return the reply
     * @throws ForkFailure when the process crashes, hangs or replies nothing
     */
    <T> T run(Class<?> main, int threads, Object request, Class<T> reply) throws IOException, ForkFailure {
        Path output = folder.resolve("fork.json");
        Path messages = folder.resolve("fork.log");
        Process process = builder(main, threads, request).redirectOutput(output.toFile())
                .redirectError(messages.toFile()).start();
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new ForkFailure("took more than %d s".formatted(TIMEOUT_SECONDS));
            }
            return parse(process.exitValue(), Files.readString(output), messages, reply);
        } catch (InterruptedException interrupted) {
            throw new IOException("interrupted while a fork was measuring", interrupted);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }

    private ProcessBuilder builder(Class<?> main, int threads, Object request) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-Dhardnet.cache=" + folder.resolve("cache"),
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache/javacpp"),
                "-cp", System.getProperty("java.class.path"), main.getName(), new Gson().toJson(request)));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> FOREIGN_SETTINGS.stream().anyMatch(name::startsWith));
        // PyTorch crashes while it is loaded unless the system's C++ library was there before the JVM's own.
        environment.put("LD_PRELOAD", "libstdc++.so.6");
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
        // OpenBLAS's threads, which PyTorch has beside OpenMP's, would else spin for milliseconds after each product.
        environment.put("OPENBLAS_THREAD_TIMEOUT", "4");
        return builder;
    }

    private static <T> T parse(int status, String output, Path messages, Class<T> reply)
            throws IOException, ForkFailure {
        String last = output.lines().reduce("", (_, line) -> line);
        if (status == 0 && last.startsWith("{")) {
            try {
                return new Gson().fromJson(last, reply);
            } catch (JsonSyntaxException malformed) {
                throw new ForkFailure("replied no JSON: " + last);
            }
        }
        throw new ForkFailure("ended with status %d: %s".formatted(status, firstLine(messages)));
    }

    private static String firstLine(Path messages) throws IOException {
        return new String(Files.readAllBytes(messages), StandardCharsets.UTF_8).lines()
                .filter(line -> line.contains("Exception") || line.contains("Error")).findFirst()
                .map(ForkProcess::shortened).orElse("see " + messages);
    }

    private static String shortened(String line) {
        String message = line.replace(UNCAUGHT, "").replaceAll("/\\S*/", "");
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + " ...";
    }
}
