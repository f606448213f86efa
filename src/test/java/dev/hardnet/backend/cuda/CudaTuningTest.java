package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Precision;
import dev.hardnet.Tensor;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Executable;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import dev.hardnet.plan.Plan;
import dev.hardnet.weights.SyntheticWeights;
import dev.hardnet.weights.WeightStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How convolutions are chosen, what is remembered, and what a run consists of; counted by the stand-in libraries. */
@Tag("cuda")
@EnabledIfSystemProperty(named = "hardnet.standin", matches = ".+")
class CudaTuningTest {
    private static final String CACHE = "hardnet.cache";
    private static final Shape INPUT = new Shape(1, 3, 8, 8);

    @TempDir
    private Path folder;
    private final String before = System.getProperty(CACHE);

    @BeforeAll
    static void load() {
        StandinLibraries.load();
    }

    @BeforeEach
    void useAnEmptyCache() {
        System.setProperty(CACHE, folder.toString());
        StandinLibraries.reset();
    }

    @AfterEach
    void restore() {
        System.setProperty(CACHE, before);
        assertEquals("", StandinLibraries.liveText());
    }

    @Test
    void whatWasMeasuredIsRememberedAndNotMeasuredAgain() throws IOException {
        open(true);
        long measuring = StandinLibraries.launches();
        String remembered = Files.readString(folder.resolve("cuda-convolutions.json"));
        assertTrue(remembered.contains("Stand-in, cuDNN 9.19.0"), remembered);
        StandinLibraries.reset();
        open(true);
        long recalling = StandinLibraries.launches();
        assertTrue(recalling < measuring / 4, () -> recalling + " launches after " + measuring);
        assertEquals(remembered, Files.readString(folder.resolve("cuda-convolutions.json")));
    }

    @Test
    void whatWasAcceptedIsRememberedWithoutTuningAndNotTakenForMeasured() throws IOException {
        open(false);
        long probing = StandinLibraries.calls();
        StandinLibraries.reset();
        open(false);
        long recalling = StandinLibraries.calls();
        assertTrue(recalling < probing, () -> recalling + " calls after " + probing);
        String accepted = Files.readString(folder.resolve("cuda-convolutions.json"));
        assertTrue(accepted.contains("Stand-in, cuDNN 9.19.0, accepted"), accepted);
        open(true);
        String both = Files.readString(folder.resolve("cuda-convolutions.json"));
        assertTrue(both.contains("Stand-in, cuDNN 9.19.0, measured"), both);
    }

    @Test
    void enginesAreBuiltOnceAndThenRestoredFromTheirFiles() throws IOException {
        open(false);
        assertEquals(1, engineFiles().size());
        StandinLibraries.reset();
        open(false);
        // The plan that tells the workspace, the plan that is executed, and its addresses: no graph, no heuristics.
        assertEquals(3, callsOf("cudnnBackendCreateDescriptor"));
        assertEquals(1, engineFiles().size());
    }

    @Test
    void aDamagedEngineIsBuiltAndWrittenAnew() throws IOException {
        open(false);
        Path file = engineFiles().getFirst();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        StandinLibraries.reset();
        open(false);
        assertTrue(callsOf("cudnnBackendCreateDescriptor") > 3, "the damaged engine was used");
        assertEquals(List.of(file), engineFiles());
        StandinLibraries.reset();
        open(false);
        assertEquals(3, callsOf("cudnnBackendCreateDescriptor"));
    }

    private List<Path> engineFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cuda-engines"))) {
            return files.toList();
        }
    }

    private static long callsOf(String function) {
        return LongStream.rangeClosed(1, StandinLibraries.calls())
                .filter(call -> StandinLibraries.callName(call).equals(function)).count();
    }

    @Test
    void aDamagedFileOfChoicesCountsAsEmpty() throws IOException {
        Files.writeString(folder.resolve("cuda-convolutions.json"), "{\"Stand-in");
        open(false);
        open(true);
        assertTrue(Files.readString(folder.resolve("cuda-convolutions.json")).startsWith("{\n"));
    }

    @Test
    void aRunIsOneLaunchOfOneGraph() {
        Graph graph = graph();
        WeightStore weights = new WeightStore(new SyntheticWeights(graph.parameters(), 3));
        BackendOptions options = new BackendOptions(1, false);
        CudaBackend backend = CudaBackend.open(0, Precision.FLOAT32);
        Plan plan = backend.plan(graph, options);
        try (Executable executable = backend.compile(plan, weights, options)) {
            List<Tensor> outputs = List.of(Tensor.zeros(graph.outputs().getFirst().type(),
                    graph.outputs().getFirst().tensorShape()));
            StandinLibraries.reset();
            executable.run(SyntheticWeights.inputTensor(INPUT, 4), outputs);
            assertEquals(1, StandinLibraries.graphLaunches());
            assertEquals(0, StandinLibraries.launches());
            assertEquals(3, StandinLibraries.calls());
        } finally {
            weights.release();
        }
    }

    @Test
    void eachStepAndTheWholeCanBeTimed() {
        Graph graph = graph();
        WeightStore weights = new WeightStore(new SyntheticWeights(graph.parameters(), 3));
        BackendOptions options = new BackendOptions(1, false);
        CudaBackend backend = CudaBackend.open(0, Precision.FLOAT32);
        try (Executable executable = backend.compile(backend.plan(graph, options), weights, options)) {
            assertEquals(graph.operators().size(), executable.profile().length);
            assertTrue(executable.deviceMillis(2).orElseThrow() >= 0);
            assertTrue(executable.deviceBytes().orElseThrow() > 0);
            assertEquals("1 graph", executable.convolutions());
        } finally {
            weights.release();
        }
    }

    private static void open(boolean tune) {
        Graph graph = graph();
        WeightStore weights = new WeightStore(new SyntheticWeights(graph.parameters(), 3));
        BackendOptions options = new BackendOptions(1, tune);
        CudaBackend backend = CudaBackend.open(0, Precision.FLOAT32);
        try {
            backend.compile(backend.plan(graph, options), weights, options).close();
        } finally {
            weights.release();
        }
    }

    private static Graph graph() {
        GraphBuilder builder = new GraphBuilder(INPUT);
        builder.output("y", builder.conv("conv", builder.input(), 8, 3, 1, Activation.RELU6,
                Parameters.biased("conv")));
        return builder.build();
    }
}
