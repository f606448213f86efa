package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.graph.Graph;
import dev.hardnet.onnx.OnnxExport;
import dev.hardnet.traffic.scalesim.SmallNetwork;
import dev.hardnet.weights.SyntheticWeights;
import dev.hardnet.weights.WeightStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleSimCommandsTest {
    @TempDir
    private Path folder;

    private Path smallModel() {
        Path file = folder.resolve("small.onnx");
        Graph graph = SmallNetwork.graph();
        OnnxExport.write(file, graph, new WeightStore(new SyntheticWeights(graph.parameters(), 1)),
                Map.of("network", "small", "weights", "synthetic:1"), _ -> { });
        return file;
    }

    @Test
    void writesTopologyAndConfiguration() throws IOException {
        Path output = folder.resolve("made");
        CommandLineRun run = CommandLineRun.of("export-scalesim", "--onnx", smallModel(), "--format", "v2", "--rows", 8,
                "--dataflow", "ws", "--bandwidth", 10, "-o", output);
        Path topology = output.resolve("topology.csv");
        Path configuration = output.resolve("hardnet.cfg");
        assertEquals("%s: small.onnx, 4 layers, which SCALE-Sim simulates as 11%n%s: the accelerator%n"
                .formatted(topology, configuration), run.out());
        assertEquals("stem, 17, 21, 3, 3, 3, 8, 2,", Files.readAllLines(topology).get(1));
        String text = Files.readString(configuration);
        for (String line : new String[] {"ArrayHeight: 8", "ArrayWidth: 32", "IfmapSramSzkB: 64", "Bandwidth: 10",
            "Dataflow: ws", "InterfaceBandwidth: USER", "SparsitySupport: false"}) {
            assertTrue(text.lines().anyMatch(line::equals), line);
        }
    }

    @Test
    void comparesTheReportsOfAnOnnxFileWithItsCio() {
        SmallNetwork.writeReports(folder);
        CommandLineRun run = CommandLineRun.of("compare-scalesim", "--onnx", smallModel(), folder);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().lines().anyMatch(line -> line.matches(
                "depthwise +960 +640 +72 +1832 +1280 +1\\.25")), run.out());
        assertTrue(run.out().endsWith("small.onnx: SCALE-Sim moves 0.01 M words of maps in convolutions, 1.46 times the "
                + "CIO of 0.01 M\n"), run.out());
    }

    @Test
    void theJsonOfAComparisonHasTheSums() {
        SmallNetwork.writeReports(folder);
        CommandLineRun run = CommandLineRun.of("compare-scalesim", "--onnx", smallModel(), folder, "--json");
        JsonObject convolutions = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("convolutions");
        assertEquals(6720, convolutions.get("elements").getAsLong());
        assertEquals(5315, convolutions.get("ifmapReads").getAsLong());
    }

    @Test
    void aWrongReportIsOneSentence() {
        CommandLineRun run = CommandLineRun.of("compare-scalesim", "-n", "resnet18", "--size", "64", folder);
        assertEquals(1, run.exitCode());
        assertEquals("hardnet: There is no report " + folder.resolve("COMPUTE_REPORT.csv") + ".\n", run.err());
    }

    @Test
    void anArrayOfNoRowsIsWrongUsageAndNothingIsWritten() {
        Path output = folder.resolve("made");
        CommandLineRun run = CommandLineRun.of("export-scalesim", "-n", "resnet18", "--rows", 0, "-o", output);
        assertEquals(2, run.exitCode());
        assertTrue(run.err().startsWith("hardnet: --rows is 0; expected is 1 to 1048576"), run.err());
        assertFalse(Files.exists(output));
    }
}
