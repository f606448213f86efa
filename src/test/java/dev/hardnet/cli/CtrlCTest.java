package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process and a real signal. */
class CtrlCTest {
    private static final int PICTURES = 3000;

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void finishesWhatIsInFlightSaysHowFarItCameAndExitsWith130() throws Exception {
        Path photo = folder.resolve("0.jpg");
        try (InputStream stream = CtrlCTest.class.getResourceAsStream("/dev/hardnet/demo/ship.jpg")) {
            Files.copy(stream, photo);
        }
        for (int i = 1; i < PICTURES; i++) {
            Files.createLink(folder.resolve(i + ".jpg"), photo);
        }
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Process process = start(errors, "classify", folder.toString(), "--top", "1");
        try (BufferedReader out = process.inputReader()) {
            List<String> labels = labels(out, 3);
            assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
            labels.addAll(labels(out, PICTURES));
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
            assertEquals(130, process.exitValue(), Files.readString(errors));
            assertEquals("hardnet: interrupted; %d of %d pictures are done.".formatted(labels.size(), PICTURES),
                    Files.readAllLines(errors).getLast());
            assertTrue(labels.size() < PICTURES && labels.stream().allMatch(label -> label.endsWith("  ship")));
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process that starts in the background may inherit that SIGINT is ignored, which env undoes. */
    private static Process start(Path errors, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Dhardnet.cache=" + System.getProperty("hardnet.cache"), "-cp",
                System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectError(errors.toFile()).start();
    }

    /** The lines with labels, up to so many; fewer at the end of the output. */
    private static List<String> labels(BufferedReader out, int limit) {
        Stream<String> labels = out.lines().filter(line -> line.contains("%  "));
        return new ArrayList<>(labels.limit(limit).toList());
    }
}
