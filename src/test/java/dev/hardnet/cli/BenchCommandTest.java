package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.backend.cpu.NativeLibrary;
import dev.hardnet.testing.ForcedProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    private static final List<String> SMALL = List.of("bench", "-n", "fchardnet70", "--size", "64", "--seconds", "0.1",
            "--threads", "1", "--device");

    private static CommandLineRun bench(String... more) {
        CommandLineRun run = CommandLineRun.of(Stream.concat(SMALL.stream(), Arrays.stream(more)).toArray());
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private static JsonObject json(CommandLineRun run) {
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    @Test
    void layersAreListedInJsonWithTheWayOfEachConvolution() {
        try (ForcedProperty _ = new ForcedProperty("hardnet.cpu.convolution", "winograd-2x2")) {
            JsonArray layers = json(bench("cpu", "--layers", "--json")).getAsJsonArray("layers");
            double share = 0;
            for (int i = 0; i < layers.size(); i++) {
                JsonObject layer = layers.get(i).getAsJsonObject();
                assertEquals(i, layer.get("step").getAsInt());
                assertTrue(layer.get("millis").getAsDouble() > 0, layer::toString);
                share += layer.get("share").getAsDouble();
            }
            assertEquals(1, share, 1e-9);
            assertLayer(layers, "base.0", "conv 3x3 s2 relu", "1x16x32x32", "direct");
            assertLayer(layers, "base.1", "conv 3x3 relu", "1x24x32x32", "winograd-2x2");
            JsonObject pool = layer(layers, "base.6");
            assertEquals(Set.of("step", "operator", "name", "output", "millis", "share"), pool.keySet());
        }
    }

    @Test
    void layersAreNotListedInJsonUnlessAskedFor() {
        JsonObject result = json(bench("cpu", "--json"));
        assertFalse(result.has("layers"));
        assertTrue(result.get("convolutions").getAsString().matches("\\d+ direct(, \\d+ winograd-[24]x[24])+"),
                result::toString);
    }

    @Test
    void theTableOfLayersShowsTheWayOfEachConvolution() {
        try (ForcedProperty _ = new ForcedProperty("hardnet.cpu.convolution", "winograd-4x4")) {
            List<String> lines = bench("cpu", "--layers").out().lines().toList();
            assertTrue(lines.stream().anyMatch(line -> line.matches("step +operator .* GMAC/s +way")), lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.contains(" base.1 ") && line.endsWith(" winograd-4x4")),
                    lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.contains(" base.0 ") && line.endsWith(" direct")),
                    lines::toString);
        }
    }

    @Test
    void theReferenceHasNoWays() {
        JsonObject result = json(bench("reference", "--layers", "--json"));
        assertFalse(result.has("convolutions"));
        for (JsonElement layer : result.getAsJsonArray("layers")) {
            assertFalse(layer.getAsJsonObject().has("way"), layer::toString);
        }
    }

    @Test
    void tuneRemembersWhatItMeasured(@TempDir Path folder) {
        NativeLibrary.load();
        try (ForcedProperty _ = new ForcedProperty("hardnet.cache", folder.toString())) {
            JsonObject measured = json(bench("cpu", "--tune", "--json"));
            assertTrue(Files.exists(folder.resolve("cpu-convolutions.json")));
            JsonObject recalled = json(bench("cpu", "--tune", "--json"));
            assertEquals(measured.get("convolutions"), recalled.get("convolutions"));
        }
    }

    private static void assertLayer(JsonArray layers, String name, String operator, String output, String way) {
        JsonObject layer = layer(layers, name);
        assertEquals(operator, layer.get("operator").getAsString());
        assertEquals(output, layer.get("output").getAsString());
        assertEquals(way, layer.get("way").getAsString());
        assertTrue(layer.get("gigaMacsPerSecond").getAsDouble() > 0, layer::toString);
    }

    private static JsonObject layer(JsonArray layers, String name) {
        for (JsonElement layer : layers) {
            if (layer.getAsJsonObject().get("name").getAsString().equals(name)) {
                return layer.getAsJsonObject();
            }
        }
        throw new AssertionError("There is no layer " + name + " in " + layers);
    }
}
