package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrafficCommandTest {
    private static final String[] MACHINE = {"--peak", "100", "--bandwidth", "10"};

    @Test
    void tellsTheTotalsAndTheTenHeaviestLayers() {
        CommandLineRun run = run("-n", "hardnet68");
        List<String> lines = run.out().lines().toList();
        assertEquals("", run.err());
        assertEquals("hardnet68, input 1x3x224x224: 4.25 G multiply-adds, CIO 11.47 M, MoC 370.1, 17.57 M weights, "
                + "arena 4.59 MiB", lines.get(0));
        assertEquals("machine: 100.0 GMAC/s, 10.0 GB/s (as given); memory-bound is what computes less than 10.00 "
                + "multiply-adds for a byte", lines.get(1));
        assertTrue(lines.get(4).matches("framework +242 +85.83 MiB +69.21 MiB +67.01 MiB +222.04 MiB +100.0% .*"),
                lines.get(4));
        assertTrue(lines.get(6).matches("this runtime's plan +73 +34.06 MiB +17.43 MiB +66.98 MiB +118.47 MiB "
                + "+53.4% .*"), lines.get(6));
        assertTrue(lines.get(9).startsWith("the 10 heaviest of 242 layers, "), lines.get(9));
        assertTrue(lines.get(11).startsWith("base.14.layers.3 "), lines.get(11));
        assertEquals("Planned by this runtime, hardnet68 moves 118.47 MiB, 53.4% of the 222.04 MiB that a framework "
                + "moves; full fusion would move 106.03 MiB.", lines.getLast());
        assertEquals(23, lines.size());
    }

    @Test
    void listsEveryLayerOnDemand() {
        CommandLineRun run = run("-n", "hardnet39ds", "--size", "64", "--all");
        assertTrue(run.out().contains("\nall 208 layers, "), run.out());
        assertTrue(run.out().contains("\nbase.0 "), run.out());
        assertEquals(13 + 208, run.out().lines().count());
    }

    @Test
    void jsonHasTheFiguresOfTheTable() {
        JsonObject report = JsonParser.parseString(run("-n", "hardnet68", "--json").out()).getAsJsonObject();
        JsonObject planned = report.getAsJsonArray("executions").get(2).getAsJsonObject();
        assertEquals("this runtime's plan", planned.get("execution").getAsString());
        assertEquals(35_711_768, planned.get("readBytes").getAsLong());
        assertEquals(10, report.getAsJsonArray("layers").size());
        assertEquals(242, report.get("layerCount").getAsInt());
        assertEquals("base.14.layers.3",
                report.getAsJsonArray("layers").get(0).getAsJsonObject().get("layer").getAsString());
    }

    @Test
    void theTableOfLayersShowsWhatThePlanMovesForEach() {
        List<String> lines = run("-n", "hardnet39ds", "--size", "64", "--all").out().lines().toList();
        assertTrue(lines.stream().anyMatch(line -> line.matches("layer .* concat-free +plan +fused .*")),
                lines::toString);
        JsonObject layer = JsonParser.parseString(run("-n", "hardnet39ds", "--size", "64", "--all", "--json").out())
                .getAsJsonObject().getAsJsonArray("layers").get(0).getAsJsonObject();
        assertEquals("base.0", layer.get("layer").getAsString());
        assertEquals(4 * (3 * 64 * 64 + 24 * 32 * 32 + 24 * 3 * 9 + 24), layer.get("plannedBytes").getAsLong());
    }

    @Test
    void classesInsteadOfLogitsAreCountedOnDemand() {
        JsonObject logits = totals("-n", "fchardnet70", "--size", "64", "--json");
        JsonObject classes = totals("-n", "fchardnet70", "--size", "64", "--json", "--classes");
        assertEquals(64 * 64 * (4 * 19 - 1),
                logits.get("writtenBytes").getAsLong() - classes.get("writtenBytes").getAsLong());
        assertEquals(logits.get("readBytes"), classes.get("readBytes"));
        assertFailure(1, "hardnet: A class per pixel needs a network whose one output is logits; this one gives ", "-n",
                "ssd512_hardnet68", "--classes");
        assertFailure(1, "hardnet: --onnx counts a file as it stands, and --classes would change it; expected one of "
                + "them.", "--onnx", "none.onnx", "--classes");
    }

    private static JsonObject totals(String... words) {
        return JsonParser.parseString(run(words).out()).getAsJsonObject().getAsJsonArray("executions").get(2)
                .getAsJsonObject();
    }

    @Test
    void aBatchIsPartOfTheShape() {
        JsonObject one = json("--size", "64x96");
        JsonObject two = json("--input", "2x3x64x96");
        assertEquals("2x3x64x96", two.get("input").getAsString());
        assertEquals(2 * one.get("cio").getAsLong(), two.get("cio").getAsLong());
        assertEquals(one.get("weights").getAsLong(), two.get("weights").getAsLong());
    }

    private static JsonObject json(String... words) {
        String[] network = {"-n", "hardnet39ds", "--json"};
        return JsonParser.parseString(run(concat(network, words)).out()).getAsJsonObject();
    }

    @Test
    void measuresTheMachineWhereItIsNotGiven() {
        CommandLineRun run = CommandLineRun.of("traffic", "-n", "hardnet39ds", "--size", "64", "--threads", "1",
                "--json");
        JsonObject machine = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("machine");
        assertEquals("both measured here on 1 thread", machine.get("origin").getAsString());
        assertTrue(machine.get("gigaMacsPerSecond").getAsDouble() > 0.1, run.out());
        assertTrue(machine.get("gigabytesPerSecond").getAsDouble() > 0.1, run.out());
    }

    @Test
    void whatMakesNoSenseIsOneSentence() {
        assertFailure(1, "hardnet: A machine of -1.0 GMAC/s and 10.0 GB/s makes no sense; both must be above 0.", "-n",
                "hardnet68", "--peak", "-1", "--bandwidth", "10");
        assertFailure(1, "hardnet: A machine cannot be measured on 0 threads; expected 1 to 1024.", "-n", "hardnet68",
                "--threads", "0");
        assertFailure(1, "hardnet: There is no network named 'hardnet7'; expected one of ", "-n", "hardnet7");
        assertFailure(2, "hardnet: Invalid value for option '--input': '1x4x8x8' is not an input's shape; expected for "
                + "example 1x3x224x224 (pictures x 3 channels x rows x columns)", "-n", "hardnet68", "--input",
                "1x4x8x8");
        assertFailure(2, "hardnet: Error: --size=PX|HxW, --input=Nx3xHxW are mutually exclusive (specify only one)",
                "-n", "hardnet68", "--size", "8", "--input", "1x3x8x8");
        assertFailure(2, "hardnet: Error: Missing required argument (specify one of these): "
                + "(-n=NAME | --onnx=FILE)");
    }

    private static void assertFailure(int exitCode, String sentence, String... words) {
        CommandLineRun run = CommandLineRun.of((Object[]) concat(new String[] {"traffic"}, words));
        assertEquals(exitCode, run.exitCode(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith(sentence), run.err());
    }

    private static CommandLineRun run(String... words) {
        return CommandLineRun.of((Object[]) concat(concat(new String[] {"traffic"}, words), MACHINE));
    }

    private static String[] concat(String[] one, String[] other) {
        return Stream.of(one, other).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
