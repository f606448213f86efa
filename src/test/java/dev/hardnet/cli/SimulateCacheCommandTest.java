package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCacheCommandTest {
    @TempDir
    private Path folder;

    private static CommandLineRun simulate(Object... more) {
        Object[] words = new Object[more.length + 5];
        System.arraycopy(new Object[] {"simulate-cache", "-n", "hardnet39ds", "--size", "64"}, 0, words, 0, 5);
        System.arraycopy(more, 0, words, 5, more.length);
        return CommandLineRun.of(words);
    }

    @Test
    void everyStepHasARowAndBothRunsATotal() {
        CommandLineRun run = simulate("--cache", "512KiB");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("hardnet39ds, input 1x3x64x64, caches 32KiB:64:8 and 512KiB:64:16, one thread"),
                run.out());
        assertEquals(40, run.out().lines().filter(line -> line.matches(" *\\d+  .*MiB.*%")).count(), run.out());
        assertTrue(run.out().contains("first run, empty caches"), run.out());
    }

    @Test
    void stepsOfTheJsonAddUpToItsTotals() {
        JsonObject result = JsonParser.parseString(simulate("--json").out()).getAsJsonObject();
        for (String which : new String[] {"first", "steady"}) {
            long sum = 0;
            for (var step : result.getAsJsonArray("steps")) {
                sum += step.getAsJsonObject().getAsJsonObject(which).get("bytesRead").getAsLong();
            }
            assertEquals(result.getAsJsonObject(which).get("bytesRead").getAsLong(), sum);
        }
    }

    @Test
    void programHasALineForEachStep() throws Exception {
        Path program = folder.resolve("program");
        assertEquals(0, simulate("--program", program).exitCode());
        assertEquals(1 + 40, Files.readAllLines(program).size());
    }

    @Test
    void cacheThatIsNoneIsASentence() {
        CommandLineRun run = simulate("--cache", "big");
        assertEquals(1, run.exitCode());
        assertEquals("hardnet: 'big' is not a cache; expected SIZE[:LINE[:WAYS]], for example 1MiB:64:16.",
                run.err().strip());
    }
}
