package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.vision.PictureReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes and real signals. */
@Timeout(120)
class CtrlCTest {
    private static final int PICTURES = 3000;

    @TempDir
    private Path folder;

    @Test
    void finishesWhatIsInFlightSaysHowFarItCameAndExitsWith130() throws Exception {
        List<String> results = interrupted("%  ", "classify", pictures().toString(), "--top", "1");
        assertTrue(results.stream().allMatch(line -> line.endsWith("  ship")), results.toString());
    }

    @Test
    void leavesWholeFilesOnlyAndNoneThatIsNotReported() throws Exception {
        Path out = folder.resolve("out");
        List<String> results = interrupted(" -> ", "segment", pictures().toString(), "-o", out.toString(), "-n",
                "fchardnet70", "-w", "synthetic:1", "--size", "64");
        try (Stream<Path> entries = Files.list(out)) {
            List<Path> files = entries.toList();
            assertEquals(2 * results.size(), files.size());
            files.forEach(file -> new PictureReader().read(file));
        }
    }

    private Path pictures() throws IOException {
        Path in = folder.resolve("in");
        Path photo = DemoPhotos.copy("ship.jpg", in.resolve("0.jpg"));
        for (int i = 1; i < PICTURES; i++) {
            Files.createLink(in.resolve(i + ".jpg"), photo);
        }
        return in;
    }

    /** Sends SIGINT after a few results and returns all of them: the lines of the output that have such a mark. */
    private List<String> interrupted(String mark, String... arguments) throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process = start(errors, arguments);
        try (BufferedReader out = process.inputReader()) {
            List<String> results = new ArrayList<>(out.lines().filter(line -> line.contains(mark)).limit(3).toList());
            assertEquals(3, results.size(), () -> text(errors));
            assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
            results.addAll(out.lines().filter(line -> line.contains(mark)).toList());
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
            assertEquals(130, process.exitValue(), () -> text(errors));
            assertTrue(text(errors).endsWith("hardnet: interrupted; %d of %d pictures are done.%n"
                    .formatted(results.size(), PICTURES)), () -> text(errors));
            return results;
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

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
