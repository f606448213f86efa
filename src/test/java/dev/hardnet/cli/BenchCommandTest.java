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
import java.io.IOException;
import java.math.BigDecimal;
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
            JsonArray layers = json(bench("cpu", "--layers", "--json", "--peak", "100", "--bandwidth", "10"))
                    .getAsJsonArray("layers");
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
            assertEquals(Set.of("step", "operator", "name", "inputs", "output", "millis", "share", "macs", "readBytes",
                    "writtenBytes", "weightBytes", "gigabytesPerSecond", "rooflineShare"), pool.keySet());
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
            String heading = "step +operator +name +output +time +share +GMAC/s +GB/s +roofline +way";
            assertTrue(lines.stream().anyMatch(line -> line.matches(heading)), lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.contains(" base.1 ") && line.endsWith(" winograd-4x4")),
                    lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.contains(" base.0 ") && line.endsWith(" direct")),
                    lines::toString);
        }
    }

    @Test
    void theReferenceHasNoWaysAndNoRooflineUnlessItIsGiven() {
        JsonObject result = json(bench("reference", "--layers", "--json"));
        assertFalse(result.has("convolutions"));
        assertFalse(result.has("machine"));
        for (JsonElement layer : result.getAsJsonArray("layers")) {
            assertFalse(layer.getAsJsonObject().has("way"), layer::toString);
            assertFalse(layer.getAsJsonObject().has("rooflineShare"), layer::toString);
        }
        JsonObject given = json(bench("reference", "--layers", "--json", "--peak", "100", "--bandwidth", "10"));
        assertTrue(layer(given.getAsJsonArray("layers"), "base.0").has("rooflineShare"), given::toString);
    }

    @Test
    void aRooflineHalfGivenForWhatCannotBeMeasuredIsRefused() {
        CommandLineRun run = CommandLineRun.of("bench", "-n", "fchardnet70", "--size", "64", "--seconds", "0.1",
                "--device", "reference", "--layers", "--peak", "100");
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals("hardnet: Peak and bandwidth of reference cannot be measured; expected both --peak and "
                + "--bandwidth, or neither.", run.err().strip());
    }

    @Test
    void theRooflineOfTheProcessorIsMeasuredWithTheThreadsOfTheRuns() {
        JsonObject machine = json(bench("cpu", "--layers", "--json")).getAsJsonObject("machine");
        assertEquals("both measured here on 1 thread", machine.get("origin").getAsString());
        assertTrue(machine.get("gigaMacsPerSecond").getAsDouble() > 0, machine::toString);
    }

    @Test
    void aProfileIsATraceOfEveryStepOfEveryRun(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trace.json");
        JsonObject result = json(bench("cpu", "--profile", file.toString(), "--json", "--peak", "100", "--bandwidth",
                "10"));
        JsonArray layers = result.getAsJsonArray("layers");
        JsonArray events = JsonParser.parseString(Files.readString(file)).getAsJsonObject()
                .getAsJsonArray("traceEvents");
        assertEquals(2 + 21 * layers.size(), events.size());
        BigDecimal end = BigDecimal.ZERO;
        for (int i = 2; i < events.size(); i++) {
            JsonObject event = events.get(i).getAsJsonObject();
            JsonObject layer = layers.get((i - 2) % layers.size()).getAsJsonObject();
            assertEquals("X", event.get("ph").getAsString());
            assertEquals(layer.get("name"), event.get("name"));
            assertEquals((i - 2) / layers.size(), event.getAsJsonObject("args").get("run").getAsInt());
            assertTrue(event.get("ts").getAsBigDecimal().compareTo(end) >= 0, event::toString);
            assertTrue(event.get("dur").getAsDouble() >= 1e3 * layer.get("millis").getAsDouble() - 1e-6,
                    event::toString);
            end = event.get("ts").getAsBigDecimal().add(event.get("dur").getAsBigDecimal());
        }
        assertEquals(List.of("trace.json"), names(folder));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aProfileThatCannotBeWrittenIsOneSentence(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing");
        CommandLineRun run = CommandLineRun.of("bench", "-n", "fchardnet70", "--size", "64", "--seconds", "0.1",
                "--device", "cpu", "--peak", "100", "--bandwidth", "10", "--profile", missing.resolve("trace.json"));
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals("hardnet: %s cannot be written: there is no folder %s.".formatted(missing.resolve("trace.json"),
                missing), run.err().strip());
        assertEquals(List.of(), names(folder));
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
