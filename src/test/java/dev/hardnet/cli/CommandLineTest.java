package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.Network;
import dev.hardnet.graph.Graph;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.SlotRules;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.Golden;
import dev.hardnet.testing.SharedFiles;
import dev.hardnet.traffic.NetworkFigures;
import dev.hardnet.weights.Checkpoint;
import dev.hardnet.weights.DataType;
import dev.hardnet.weights.RawTensor;
import dev.hardnet.weights.SafetensorsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    private Path folder;

    @Test
    void networksListsNameTaskParametersMacsAndCioBesideThePapers() {
        CommandLineRun run = CommandLineRun.of("networks");
        List<String> lines = run.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertEquals("network task input parameters paper MACs paper CIO paper", lines.getFirst());
        for (String row : List.of(
                "hardnet68 classification 1x3x224x224 17.57 M 17.60 M (-0.2%) 4.25 G 4.30 G (-1.3%) "
                        + "11.47 M 11.50 M (-0.3%)",
                "hardnet85 classification 1x3x224x224 36.67 M 9.07 G 17.47 M",
                "resnet50 classification 1x3x224x224 25.56 M 25.00 M (+2.2%) 3.86 G 4.10 G (-5.9%) "
                        + "20.72 M 20.70 M (+0.1%)",
                "resnet50: the paper's CIO is that of units that halve the map in their first 1x1, as here; its MACs are "
                        + "those of units that do so in their 3x3.")) {
            assertTrue(lines.contains(row), run.out());
        }
        assertTrue(lines.size() > Network.all().size(), run.out());
        assertEquals(0, run.exitCode());
    }

    @Test
    void networksAsJsonHasExactFigures() {
        JsonArray rows = JsonParser.parseString(CommandLineRun.of("networks", "--json").out()).getAsJsonArray();
        JsonObject first = rows.get(0).getAsJsonObject();
        assertEquals(Network.all().size(), rows.size());
        assertEquals("hardnet39ds", first.get("name").getAsString());
        assertEquals(3488228, first.get("parameters").getAsLong());
        assertEquals(9818424, first.get("cio").getAsLong());
        assertEquals(8200000, first.get("paper").getAsJsonObject().get("cio").getAsLong());
    }

    @Test
    void classifyUsesTheModelInTheJarAndSaysSo() throws IOException {
        CommandLineRun run = CommandLineRun.of("classify", photo("ship"), "--top", 1);
        assertEquals("""
                Using the small model in the jar: hardnet39ds trained on CIFAR-10; it knows only airplane, automobile, \
                bird, cat, deer, dog, frog, horse, ship, truck.
                %s
                   83.0%%  ship
                """.formatted(folder.resolve("ship.jpg")), run.out());
        assertEquals(0, run.exitCode());
    }

    @Test
    void classifyReportsADamagedPictureAndGoesOn() throws IOException {
        photo("car");
        Path damaged = Files.writeString(folder.resolve("broken.jpg"), "no picture");
        photo("ship");
        CommandLineRun run = CommandLineRun.of("classify", folder, "--json");
        JsonArray results = JsonParser.parseString(run.out()).getAsJsonArray();
        assertEquals(3, results.size());
        assertEquals(damaged.toString(), results.get(0).getAsJsonObject().get("file").getAsString());
        assertTrue(results.get(0).getAsJsonObject().get("error").getAsString().contains("broken.jpg"));
        assertEquals("automobile", firstLabel(results.get(1).getAsJsonObject()));
        assertEquals("ship", firstLabel(results.get(2).getAsJsonObject()));
        assertEquals(1, run.exitCode());
    }

    @Test
    void classifyRefusesAPictureThatClaimsTooManyPixels() throws IOException {
        Path ship = photo("ship");
        CommandLineRun run = CommandLineRun.of("classify", ship, "--max-pixels", 1000);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("hardnet: " + ship) && run.err().contains("1000"), run.err());
    }

    @Test
    void classifyTakesLabelsFromAFile() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "a\nb\nc\nd\ne\nf\ng\nh\nboat\nj\n");
        CommandLineRun run = CommandLineRun.of("classify", photo("ship"), "--labels", labels, "--top", 1);
        assertTrue(run.out().endsWith("%  boat\n"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "reference"})
    void runGivesTheGoldenLogits(String device) {
        Golden golden = Golden.of(Network.HARDNET_39DS);
        Path input = folder.resolve("x.safetensors");
        Path output = folder.resolve("y.safetensors");
        SafetensorsWriter.write(input, Map.of(), List.of(RawTensor.ofFloats("input", List.of(1, 3, 224, 224),
                golden.inputTensor().data())));
        CommandLineRun run = CommandLineRun.of("run", "--network", golden.network(), "--weights",
                "synthetic:" + golden.seed(), "--input", input, "--output", output, "--device", device, "--threads", 1);
        assertEquals("", run.err());
        try (Checkpoint logits = Checkpoint.open(output)) {
            assertEquals(List.of(1, 1000), logits.shape("logits"));
            Difference.assertWithin(1e-5, golden.output("logits"), logits.read("logits"));
        }
    }

    @Test
    void runRefusesAFileWithoutInput() {
        Path input = folder.resolve("x.safetensors");
        SafetensorsWriter.write(input, Map.of(), List.of(RawTensor.ofFloats("picture", List.of(1), new float[1])));
        CommandLineRun run = CommandLineRun.of("run", "-i", input, "-o", folder.resolve("y"));
        assertEquals("hardnet: " + input + " holds no tensor 'input'; it holds [picture].\n", run.err());
        assertEquals(1, run.exitCode());
        assertFalse(Files.exists(folder.resolve("y")));
    }

    @Test
    void convertKeepsKeysTypesAndValues() {
        Path source = SharedFiles.path("reference", "checkpoints", "hardnet39ds_seed1_zip.pth");
        Path target = folder.resolve("out.safetensors");
        CommandLineRun run = CommandLineRun.of("convert", "-n", "hardnet39ds", "-w", source, "-o", target);
        assertEquals(target + ": hardnet39ds, 1000 classes, from " + source + "\n", run.out());
        try (Checkpoint before = Checkpoint.open(source); Checkpoint after = Checkpoint.open(target)) {
            assertEquals(List.copyOf(before.keys()), List.copyOf(after.keys()));
            for (String key : before.keys()) {
                assertEquals(before.type(key), after.type(key), key);
                assertEquals(before.shape(key), after.shape(key), key);
                assertArrayEquals(before.raw(key).bytes(), after.raw(key).bytes(), key);
            }
            assertEquals(DataType.I64, after.type("base.0.norm.num_batches_tracked"));
            assertEquals("hardnet39ds", after.metadata().get("network"));
        }
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefusedWithAllDifferences() {
        Path source = SharedFiles.path("reference", "checkpoints", "hardnet39ds_seed1_zip.pth");
        Path target = folder.resolve("out.safetensors");
        CommandLineRun run = CommandLineRun.of("convert", "-n", "hardnet68ds", "-w", source, "-o", target);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().contains("base.16.3.weight"), run.err());
        assertFalse(Files.exists(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostile_os_system_zip.pth", "hostile_os_system_legacy.pth", "hostile_truncated_zip.pth",
        "hostile_truncated_legacy.pth", "hostile_not_a_checkpoint.pth"})
    void aHostileCheckpointIsOneSentence(String name) {
        Path file = SharedFiles.path("reference", "checkpoints", name);
        CommandLineRun run = CommandLineRun.of("classify", "-n", "hardnet39ds", "-w", file,
                SharedFiles.path("reference", "preprocess", "photo_a.png"));
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().startsWith("hardnet: ") && run.err().contains(name), run.err());
    }

    @Test
    void planPrintsTheTableAndWritesCsvAndSvg() throws Exception {
        Path csv = folder.resolve("plan.csv");
        Path svg = folder.resolve("plan.svg");
        CommandLineRun run = CommandLineRun.of("plan", "-n", "hardnet68", "--csv", csv, "--svg", svg);
        assertEquals("", run.err());
        assertTrue(run.out().contains("base.3.layers.1"), run.out());
        assertEquals("id,lower,upper,size,offset", Files.readAllLines(csv).getFirst());
        assertEquals("svg", DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile())
                .getDocumentElement().getTagName());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
    }

    @ParameterizedTest
    @CsvSource({"float32, 4", "tf32, 4", "float16, 2"})
    void planForAGpuNeedsNoneAndTellsWhatIsWrittenTwice(String precision, int elementBytes) {
        List<String> words = List.of("plan", "-n", "hardnet39ds", "--size", "64", "--device", "cuda", "--precision",
                precision);
        Object[] forJson = Stream.concat(words.stream(), Stream.of("--json")).toArray();
        JsonObject plan = JsonParser.parseString(CommandLineRun.of(forJson).out()).getAsJsonObject();
        Graph graph = Network.HARDNET_39DS.graph(1, 64, 64, 1000);
        SlotLayout layout = SlotLayout.of(graph, elementBytes == 4 ? SlotRules.FLOAT32 : SlotRules.FLOAT16);
        JsonObject slots = plan.getAsJsonObject("slots");
        assertEquals(layout.duplicatedBytes(), slots.get("duplicatedBytes").getAsLong());
        assertEquals(100.0 * layout.duplicatedBytes() / elementBytes / NetworkFigures.of(graph).cio(),
                slots.get("duplicatedPercentOfCio").getAsDouble(), 1e-9);
        assertEquals(0, slots.get("copiedBytes").getAsLong());
        CommandLineRun run = CommandLineRun.of(words.toArray());
        assertEquals("", run.err());
        assertTrue(run.out().contains("one range of channels: %d maps in %d strips".formatted(graph.maps().size(),
                layout.strips().size())), run.out());
        assertTrue(run.out().contains("duplicated bytes") && run.out().contains("copied bytes"), run.out());
    }

    @Test
    void theProcessorRefusesHalfPrecisionInASentence() {
        CommandLineRun run = CommandLineRun.of("plan", "-n", "hardnet39ds", "--device", "cpu", "--precision",
                "float16");
        assertEquals(1, run.exitCode());
        assertEquals("hardnet: The device cpu computes in float32 or bfloat16 only; float16 was asked for, which needs "
                + "cuda.\n", run.err());
    }

    @Test
    void planInBfloat16NeedsHalfTheArena() {
        JsonObject plan = JsonParser.parseString(CommandLineRun.of("plan", "-n", "hardnet68", "--device", "cpu",
                "--precision", "bfloat16", "--json").out()).getAsJsonObject();
        assertEquals(4816896 / 2, plan.get("arenaBytes").getAsLong());
    }

    @Test
    void benchTellsThatItRanInBfloat16() {
        CommandLineRun run = CommandLineRun.of("bench", "-n", "hardnet39ds", "--size", 64, "--seconds", 0.1, "--json",
                "--device", "cpu", "--precision", "bfloat16");
        JsonObject result = JsonParser.parseString(run.out()).getAsJsonObject();
        assertTrue(result.get("backend").getAsString().matches("cpu \\w+ bfloat16"), run.out());
        assertEquals(149504 / 2, result.get("arenaBytes").getAsLong());
    }

    @Test
    void planAsJsonHasTheExactArena() {
        JsonObject plan = JsonParser.parseString(
                CommandLineRun.of("plan", "-n", "hardnet68", "--device", "cpu", "--json").out()).getAsJsonObject();
        assertEquals(4816896, plan.get("arenaBytes").getAsLong());
        assertEquals(plan.get("lowerBoundBytes"), plan.get("arenaBytes"));
        assertEquals(Network.HARDNET_68.graph(1, 224, 224, 1000).operators().size(),
                plan.getAsJsonArray("steps").size());
    }

    @Test
    void benchReportsLatencyRateAndArena() {
        CommandLineRun run = CommandLineRun.of("bench", "-n", "hardnet39ds", "--size", 64, "--seconds", 0.2, "--json",
                "--threads", 1, "--device", "cpu");
        JsonObject result = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals("1x3x64x64", result.get("input").getAsString());
        assertTrue(result.get("medianMillis").getAsDouble() > 0);
        assertTrue(result.get("p99Millis").getAsDouble() >= result.get("p90Millis").getAsDouble());
        assertEquals(149504, result.get("arenaBytes").getAsLong());
    }

    @Test
    void benchPrintsEachLayerOnRequest() {
        CommandLineRun run = CommandLineRun.of("bench", "-n", "hardnet39ds", "--size", 64, "--seconds", 0.1, "--layers",
                "--device", "cpu");
        assertTrue(run.out().contains("1x1 + depthwise 3x3"), run.out());
        assertTrue(run.out().contains("base.3.layers.0.layer2"), run.out());
        assertEquals(0, run.exitCode());
    }

    @Test
    void doctorNamesTheJdkThePlatformAndTheTier() {
        CommandLineRun run = CommandLineRun.of("doctor");
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.out().contains(Runtime.version().toString()) && run.out().contains("tier in use"), run.out());
    }

    @Test
    void doctorTellsAboutTheGpuAndIsHealthyWithoutOne() {
        CommandLineRun run = CommandLineRun.of("doctor");
        assertEquals(0, run.exitCode(), run.out());
        List<String> lines = run.out().lines().filter(line -> line.startsWith("gpu ")).toList();
        assertEquals(1, lines.size(), run.out());
        assertTrue(lines.getFirst().endsWith(".") || lines.getFirst().contains("; driver for CUDA "), run.out());
    }

    @Test
    void demoShowsPlanPredictionsAndLatency() {
        CommandLineRun run = CommandLineRun.of("demo", "--threads", 1);
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(6, lines.size(), run.out());
        assertEquals("  ship.jpg  ship        83.0%", lines.get(2));
        assertEquals("  car.jpg   automobile  85.1%", lines.get(3));
        assertEquals("  bus.jpg   truck       74.0%", lines.get(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--frobnicate", "plan", "classify", "nosuchcommand", "bench --size 0x3", "run"})
    void wrongUsageExitsWithTwoAndPointsToTheHelp(String words) {
        CommandLineRun run = CommandLineRun.of((Object[]) words.split(" "));
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().contains("--help'."), run.err());
    }

    @Test
    void aFailureIsOneSentenceAndTheStackTraceOnlyOnRequest() {
        CommandLineRun brief = CommandLineRun.of("plan", "-n", "hardnet68", "--size", 8);
        assertEquals("hardnet: An input of 8x8 pixels is too small: base.10 reads a map of 1x1 and needs at least 2x2.\n",
                brief.err());
        assertEquals(1, brief.exitCode());
        CommandLineRun verbose = CommandLineRun.of("plan", "-n", "hardnet68", "--size", 8, "--verbose");
        assertTrue(verbose.err().contains("\tat dev.hardnet"), verbose.err());
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            CommandLineRun run = CommandLineRun.of(command, "--help");
            assertEquals(0, run.exitCode(), command);
            assertTrue(run.out().startsWith("Usage: hardnet") || command.equals("help"), run.out());
        }
    }

    private static String firstLabel(JsonObject result) {
        return result.getAsJsonArray("predictions").get(0).getAsJsonObject().get("label").getAsString();
    }

    private Path photo(String name) throws IOException {
        Path file = folder.resolve(name + ".jpg");
        try (InputStream stream = CommandLineTest.class.getResourceAsStream("/dev/hardnet/demo/" + name + ".jpg")) {
            Files.copy(stream, file);
        }
        return file;
    }
}
