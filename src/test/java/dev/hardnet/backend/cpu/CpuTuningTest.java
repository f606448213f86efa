package dev.hardnet.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.Precision;
import dev.hardnet.Tensor;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Executable;
import dev.hardnet.backend.reference.ReferenceBackend;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.io.Release;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedProperty;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.testing.Warnings;
import dev.hardnet.weights.SyntheticWeights;
import dev.hardnet.weights.WeightStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How ways of convolution are measured, remembered and recalled on the processor. */
class CpuTuningTest {
    private static final Shape INPUT = new Shape(2, 10, 21, 19);
    private static final String TWICE = "2x10x21x19 to 2x10x21x19, 3x3 s1 p1x1 d1, 10/10";
    private static final String JOINED = "2x17x21x19 to 2x20x21x19, 3x3 s1 p1x1 d1, 10/10 + 7/10";
    private static final Set<String> WAYS = Set.of("direct", "winograd-2x2", "winograd-4x4");

    @TempDir
    private Path folder;
    private ForcedProperty cache;

    /** What a tuned session did. */
    private record Outcome(List<String> ways, float[] output, List<Double> progress) {
    }

    @BeforeEach
    void useAnEmptyCache() {
        cache = new ForcedProperty("hardnet.cache", folder.toString());
        // The library itself is loaded with the folder of the first test.
        NativeLibrary.load();
    }

    @AfterEach
    void restore() {
        cache.close();
    }

    static List<Tier> tiers() {
        return Tier.supported();
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void whatWasMeasuredIsRememberedForProcessorTierThreadsAndVersion(Tier tier) throws IOException {
        try (ForcedTier _ = new ForcedTier(tier)) {
            open(2, true);
            open(3, true);
        }
        JsonObject content = JsonParser.parseString(Files.readString(file())).getAsJsonObject();
        String before = "%s, %s, threads ".formatted(ProcessorModel.read(), tier);
        String after = ", hardnet " + Release.version();
        assertEquals(Set.of(before + 2 + after, before + 3 + after), content.keySet());
        content.entrySet().forEach(section -> {
            Map<String, ?> ways = section.getValue().getAsJsonObject().asMap();
            assertEquals(Set.of(TWICE, JOINED), ways.keySet());
            ways.values().forEach(way -> assertTrue(WAYS.contains(way.toString().replace("\"", "")), way::toString));
        });
    }

    @Test
    void whatIsRememberedIsNotMeasuredAgain() throws IOException {
        Outcome measured = open(2, true);
        assertEquals(IntStream.rangeClosed(1, 24).mapToObj(run -> run / 24.0).toList(), measured.progress());
        String remembered = Files.readString(file());
        Outcome recalled = open(2, true);
        assertEquals(List.of(), recalled.progress());
        assertEquals(measured.ways(), recalled.ways());
        assertArrayEquals(measured.output(), recalled.output());
        assertEquals(remembered, Files.readString(file()));
    }

    @ParameterizedTest
    @EnumSource(value = ConvolutionWay.class, names = "CHOSEN", mode = EnumSource.Mode.EXCLUDE)
    void rememberedWaysAreTakenByTunedSessionsAndByNoOther(ConvolutionWay way) throws IOException {
        Outcome untouched = open(2, false);
        open(2, true);
        String other = way == ConvolutionWay.DIRECT ? "winograd-2x2" : "direct";
        remember(Map.of(TWICE, way.toString(), JOINED, other));
        assertEquals(List.of(way.toString(), way.toString(), other, "direct", ""), open(2, true).ways());
        Outcome again = open(2, false);
        assertEquals(untouched.ways(), again.ways());
        assertArrayEquals(untouched.output(), again.output());
    }

    @Test
    void onlyWhatIsMissingIsMeasuredAndRemembered() throws IOException {
        open(2, true);
        String unlikely = "direct";
        remember(Map.of(JOINED, unlikely));
        Outcome outcome = open(2, true);
        assertFalse(outcome.progress().isEmpty());
        assertEquals(unlikely, outcome.ways().get(2));
        assertEquals(Set.of(TWICE, JOINED), section().keySet());
        assertEquals(unlikely, section().get(JOINED).getAsString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"winograd-8x8", "chosen", ""})
    void aWayThatDoesNotExistIsMeasuredAnew(String way) throws IOException {
        open(2, true);
        remember(Map.of(TWICE, way, JOINED, "direct"));
        assertFalse(open(2, true).progress().isEmpty());
        assertTrue(WAYS.contains(section().get(TWICE).getAsString()));
    }

    @Test
    void aDamagedFileIsAWarningAndMeasuredAnew() throws IOException {
        Files.writeString(file(), "{\"AMD");
        try (Warnings warnings = new Warnings()) {
            assertFalse(open(2, true).progress().isEmpty());
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
            assertTrue(warnings.texts().getFirst().contains(file().toString()), warnings.texts()::toString);
        }
        assertEquals(Set.of(TWICE, JOINED), section().keySet());
    }

    @Test
    void aForcedWayLeavesNothingToMeasure() {
        try (ForcedProperty _ = new ForcedProperty("hardnet.cpu.convolution", "winograd-2x2")) {
            Outcome outcome = open(2, true);
            assertEquals(List.of("winograd-2x2", "winograd-2x2", "winograd-2x2", "direct", ""), outcome.ways());
            assertEquals(List.of(), outcome.progress());
        }
        assertFalse(Files.exists(file()));
    }

    @Test
    void aPlanWithoutAChoiceIsNotMeasured() {
        GraphBuilder builder = new GraphBuilder(INPUT);
        builder.output("y", builder.conv("conv", builder.input(), 8, 1, 1, Activation.NONE, Parameters.biased("conv")));
        Outcome outcome = open(builder.build(), 1, true);
        assertEquals(List.of("direct"), outcome.ways());
        assertEquals(List.of(), outcome.progress());
        assertFalse(Files.exists(file()));
    }

    @Test
    void aTunedSessionGivesWhatTheReferenceGives() {
        Graph graph = graph();
        float[] expected = GraphRun.on(new ReferenceBackend(), graph, new SyntheticWeights(graph.parameters(), 3),
                SyntheticWeights.inputTensor(INPUT, 4), 1).get("y").data();
        Difference.assertWithin(1e-5, expected, open(3, true).output());
    }

    @Test
    void choicesForBfloat16AreKeptApart() throws IOException {
        open(2, true);
        Outcome outcome = open(CpuBackend.open(Precision.BFLOAT16), graph(), 2, true);
        assertFalse(outcome.progress().isEmpty());
        JsonObject content = JsonParser.parseString(Files.readString(file())).getAsJsonObject();
        assertEquals(2, content.size());
        assertEquals(1, content.keySet().stream().filter(section -> section.contains(" bfloat16, threads 2")).count());
    }

    private Path file() {
        return folder.resolve("cpu-convolutions.json");
    }

    private JsonObject section() throws IOException {
        JsonObject content = JsonParser.parseString(Files.readString(file())).getAsJsonObject();
        return content.getAsJsonObject(content.keySet().iterator().next());
    }

    /** Replaces what the only section holds. */
    private void remember(Map<String, String> ways) throws IOException {
        JsonObject content = JsonParser.parseString(Files.readString(file())).getAsJsonObject();
        JsonObject section = new JsonObject();
        ways.forEach(section::addProperty);
        content.add(content.keySet().iterator().next(), section);
        Files.writeString(file(), content.toString());
    }

    private static Outcome open(int threads, boolean tune) {
        return open(graph(), threads, tune);
    }

    private static Outcome open(Graph graph, int threads, boolean tune) {
        return open(CpuBackend.open(), graph, threads, tune);
    }

    private static Outcome open(CpuBackend backend, Graph graph, int threads, boolean tune) {
        WeightStore weights = new WeightStore(new SyntheticWeights(graph.parameters(), 3));
        List<Double> progress = new ArrayList<>();
        BackendOptions options = new BackendOptions(threads, tune, progress::add);
        List<Tensor> outputs = graph.outputs().stream()
                .map(output -> Tensor.zeros(output.type(), output.tensorShape())).toList();
        try (Executable executable = backend.compile(backend.plan(graph, options), weights, options)) {
            executable.run(SyntheticWeights.inputTensor(INPUT, 4), outputs);
            List<String> ways = IntStream.range(0, graph.operators().size()).mapToObj(executable::way).toList();
            return new Outcome(ways, outputs.getFirst().data(), progress);
        } finally {
            weights.release();
        }
    }

    /** One shape twice, one of two segments, a convolution that has one way only, and a pool. */
    private static Graph graph() {
        GraphBuilder builder = new GraphBuilder(INPUT);
        View a = builder.conv("a", builder.input(), 10, 3, 1, Activation.RELU, Parameters.biased("a"));
        View b = builder.conv("b", a, 10, 3, 1, Activation.RELU, Parameters.biased("b"));
        View c = builder.conv("c", View.concat(List.of(a, b.slice(2, 7))), 20, 3, 1, Activation.NONE,
                Parameters.biased("c"));
        View d = builder.conv("d", c, 12, 1, 1, Activation.NONE, Parameters.biased("d"));
        builder.output("y", builder.pool("pool", Pool.Type.MAX, d, 2, 2, 0, false));
        return builder.build();
    }
}
