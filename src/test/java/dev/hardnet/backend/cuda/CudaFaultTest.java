package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.Precision;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.weights.SyntheticWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of the stand-in libraries is made to fail once; a real library cannot be asked to. */
@Tag("cuda")
@EnabledIfSystemProperty(named = "hardnet.standin", matches = ".+")
class CudaFaultTest {
    private static final String CACHE = "hardnet.cache";
    private static final Shape INPUT = new Shape(1, 3, 8, 8);

    /** Emptied before each run, so that all of them make the same calls. */
    @TempDir
    private static Path folder;
    private static String before;

    @BeforeAll
    static void load() {
        StandinLibraries.load();
        before = System.setProperty(CACHE, folder.toString());
    }

    @AfterAll
    static void restore() {
        System.setProperty(CACHE, before);
    }

    @BeforeEach
    void reset() {
        StandinLibraries.reset();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT16"})
    void whateverFailsBecomesASentenceOrAnotherWayAndNothingIsLeft(Precision precision) {
        float[] expected = run(precision);
        long calls = StandinLibraries.calls();
        assertTrue(calls > 100, () -> calls + " calls");
        for (long call = 1; call <= calls; call++) {
            StandinLibraries.reset();
            StandinLibraries.failAt(call, 0);
            Optional<String> message = failure(precision, expected);
            String name = "call %d, %s".formatted(call, StandinLibraries.callName(call));
            assertFalse(StandinLibraries.failureIsDue(), name);
            message.ifPresent(text -> assertTrue(text.matches("[A-Zc][^\\n]*\\."), () -> name + ": " + text));
            assertEquals("", StandinLibraries.liveText(), name);
        }
    }

    /** The message of what it threw; empty when it got round the failure and computed what was expected. */
    private static Optional<String> failure(Precision precision, float... expected) {
        try {
            assertArrayEquals(expected, run(precision), 1e-4f);
            return Optional.empty();
        } catch (HarDNetException failure) {
            return Optional.of(failure.getMessage());
        }
    }

    @Test
    void tellsWhatMemoryIsShort() {
        assertEquals("The GPU failed in cuMemAlloc of the arena", failureOf("cuMemAlloc_v2").substring(0, 41));
    }

    @Test
    void tellsWhichKernelWasNotLaunched() {
        assertTrue(failureOf("cuLaunchKernel").startsWith("The GPU failed in cuLaunchKernel of hn_input_f32: "));
    }

    /** What the first call of a function says when it fails. */
    private static String failureOf(String function) {
        float[] expected = run(Precision.FLOAT32);
        long call = 1;
        while (!StandinLibraries.callName(call).equals(function)) {
            call++;
        }
        StandinLibraries.reset();
        StandinLibraries.failAt(call, 0);
        return failure(Precision.FLOAT32, expected).orElseThrow();
    }

    private static float[] run(Precision precision) {
        forgetChoices();
        Graph graph = graph();
        return GraphRun.on(CudaBackend.open(0, precision), graph, new SyntheticWeights(graph.parameters(), 3),
                SyntheticWeights.inputTensor(INPUT, 4), 1).get("y").data();
    }

    private static void forgetChoices() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Few operators that together take every way there is. */
    private static Graph graph() {
        GraphBuilder builder = new GraphBuilder(INPUT);
        View stem = builder.conv("stem", builder.input(), 8, 3, 1, Activation.RELU6, Parameters.biased("stem"));
        View pooled = builder.pool("pool", Pool.Type.MAX, stem, 2, 2, 0, false);
        View wide = builder.depthwiseConv("depthwise", pooled, 3, 1, Activation.NONE, Parameters.biased("depthwise"));
        View both = View.concat(List.of(pooled, wide));
        View up = builder.transposedConv("up", both, new Shape(1, 8, 8, 8), new Window(3, 2, 1, 1), Activation.RELU,
                Parameters.biased("up"));
        builder.output("y", builder.resize("resize", up, 5, 5));
        return builder.build();
    }
}
