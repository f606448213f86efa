package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareCommandTest {
    @Test
    void standsTableFourBesideThePaper() {
        CommandLineRun run = CommandLineRun.of("compare");
        List<String> lines = run.out().lines().toList();
        assertEquals("", run.err());
        assertTrue(lines.get(3).matches("hardnet68 +1x3x224x224 +17.57 M +17.60 M \\(-0.2%\\) +4.25 G +4.30 G "
                + "\\(-1.3%\\) +11.47 M +11.50 M \\(-0.3%\\) +155.04 MiB +51.49 MiB"), lines.get(3));
        assertTrue(lines.get(16).startsWith("squeezenet1_0 "), lines.get(16));
        assertTrue(lines.stream().anyMatch(line -> line.matches("30 to 50% less CIO .* hardnet68 +resnet50 +30% less "
                + "+44.7% less +holds")), run.out());
    }

    @Test
    void measuresTheNetworksAskedFor() {
        CommandLineRun run = CommandLineRun.of("compare", "--networks", "hardnet39ds,squeezenet1_0,mobilenet_v2",
                "--measure", "--seconds", "0.01", "--device", "cpu", "--threads", "1", "--json");
        JsonObject report = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(3, report.getAsJsonArray("networks").size());
        report.getAsJsonArray("networks").forEach(network -> assertTrue(
                network.getAsJsonObject().get("latencyMillis").getAsDouble() > 0, run.out()));
        assertTrue(report.get("measuredOn").getAsString().matches("cpu \\w+, 1 thread"), run.out());
        assertTrue(Math.abs(report.getAsJsonObject("correlations").get("cio").getAsDouble()) <= 1, run.out());
    }

    @Test
    void aNetworkThatDoesNotExistIsOneSentence() {
        CommandLineRun run = CommandLineRun.of("compare", "--networks", "hardnet68,vgg19");
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("hardnet: There is no network named 'vgg19'; expected one of "), run.err());
    }
}
