package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Precision;
import dev.hardnet.Tensor;
import dev.hardnet.backend.Backend;
import dev.hardnet.backend.reference.ReferenceBackend;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.GraphBuilder.NormSlice;
import dev.hardnet.graph.View;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.testing.OperatorCase;
import dev.hardnet.weights.SyntheticWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each operator alone, whatever the views; over the stand-in libraries, as {@link CudaGoldenTest} says. */
@Tag("cuda")
class CudaOperatorsTest {
    @BeforeAll
    static void load() {
        StandinLibraries.load();
    }

    @ParameterizedTest
    @EnumSource
    void givesWhatTheReferenceGives(OperatorCase operator) {
        compare(operator.graph(), Precision.FLOAT32, 1e-6);
    }

    @ParameterizedTest
    @EnumSource
    void givesAboutTheSameInHalfPrecision(OperatorCase operator) {
        compare(operator.graph(), Precision.FLOAT16, 5e-3);
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, names = "BFLOAT16", mode = EnumSource.Mode.EXCLUDE)
    void anArgMaxIsThatOfTheResizedValues(Precision precision) {
        GraphBuilder builder = new GraphBuilder(OperatorCase.INPUT);
        builder.output("logits", builder.resize("up", OperatorCase.parts(builder), 51, 67));
        float[] logits = run(CudaBackend.open(0, precision), builder.build()).get("logits").data();
        byte[] classes = run(CudaBackend.open(0, precision), ArgMaxFusion.apply(builder.build())).get("classes").bytes();
        int[] found = new int[classes.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = classes[i];
        }
        Difference.assertSameClasses(Difference.argMax(logits, 16, 51 * 67), found);
    }

    @Test
    void aMapMayHaveMoreReadersThanALaunchHasTargets() {
        GraphBuilder builder = new GraphBuilder(OperatorCase.INPUT);
        List<NormSlice> norms = new ArrayList<>();
        for (int i = 0; i < KernelParams.MAX_TARGETS + 3; i++) {
            norms.add(new NormSlice("norm" + i, 0, 20));
        }
        List<View> views = builder.batchNormRelu("op", builder.input(), norms);
        for (int i = 0; i < norms.size(); i++) {
            builder.output("y" + i, views.get(i));
        }
        compare(builder.build(), Precision.FLOAT32, 1e-6);
    }

    private static void compare(Graph graph, Precision precision, double tolerance) {
        Map<String, Tensor> expected = run(new ReferenceBackend(), graph);
        Map<String, Tensor> found = run(CudaBackend.open(0, precision), graph);
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, tensor) -> {
            assertArrayEquals(tensor.shape(), found.get(name).shape());
            Difference.assertWithin(tolerance, tensor.data(), found.get(name).data());
        });
        assertEquals("", StandinLibraries.liveText());
    }

    private static Map<String, Tensor> run(Backend backend, Graph graph) {
        return GraphRun.on(backend, graph, new SyntheticWeights(graph.parameters(), 3),
                SyntheticWeights.inputTensor(OperatorCase.INPUT, 4), 1);
    }
}
