package dev.hardnet.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Tensor;
import dev.hardnet.backend.cpu.CpuBackend;
import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.backend.reference.ReferenceBackend;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.GraphBuilder.NormSlice;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.weights.SyntheticWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator alone: every tier gives what the reference gives, whatever the views. */
class BackendsAgreeTest {
    private static final Shape INPUT = new Shape(2, 20, 13, 17);

    /** An operator under its name, added to a graph whose outputs it marks. */
    private enum Case {
        DILATED_CONV(graph -> graph.output("y", graph.conv("op", graph.input(), 7,
                Window.same(3).padding(4).dilation(4), Activation.RELU, Parameters.normalized("w", "norm")))),
        CONV_7X7_STRIDE_2(graph -> graph.output("y", graph.conv("op", parts(graph), 9, 7, 2, Activation.RELU6,
                Parameters.biased("op")))),
        CONV_4X4_PADDING_1(graph -> graph.output("y", graph.conv("op", graph.input(), 5,
                Window.same(4).padding(1), Activation.NONE, Parameters.biased("op")))),
        CONV_WITHOUT_PADDING(graph -> graph.output("y", graph.conv("op", parts(graph), 5,
                Window.same(3).padding(0).stride(2), Activation.NONE, Parameters.biased("op")))),
        CONV_1X3(graph -> graph.output("y", graph.conv("op", parts(graph), 60, Window.same(1, 3), Activation.RELU,
                Parameters.normalized("w", "norm")))),
        CONV_3X1_STRIDE_2(graph -> graph.output("y", graph.conv("op", graph.input(), 21, Window.same(3, 1).stride(2),
                Activation.NONE, Parameters.biased("op")))),
        CONV_2X5_DILATED(graph -> graph.output("y", graph.conv("op", parts(graph), 5, new Window(2, 5, 1, 0, 3, 2),
                Activation.NONE, Parameters.biased("op")))),
        AVERAGE_POOL_9X9(graph -> graph.output("y", graph.pool("op", Pool.Type.AVERAGE, parts(graph), 9, 1, 4, false))),
        AVERAGE_POOL_ROUNDED_UP(graph -> graph.output("y",
                graph.pool("op", Pool.Type.AVERAGE, graph.input(), 2, 2, 0, true))),
        MAX_POOL_3X3_STRIDE_1(graph -> graph.output("y", graph.pool("op", Pool.Type.MAX, parts(graph), 3, 1, 1, false))),
        RESIZE_UP(graph -> graph.output("y", graph.resize("op", parts(graph), 25, 41))),
        RESIZE_DOWN(graph -> graph.output("y", graph.resize("op", graph.input(), 5, 1))),
        ADD(graph -> graph.output("y", graph.add("op", parts(graph), graph.input().slice(3, 16), Activation.RELU))),
        BATCH_NORM_RELU(graph -> graph.output("y", graph.batchNormRelu("op", parts(graph), "norm"))),
        BATCH_NORM_RELU_TO_THREE(graph -> {
            List<View> outputs = graph.batchNormRelu("op", parts(graph), List.of(new NormSlice("a", 0, 16),
                    new NormSlice("b", 5, 30), new NormSlice("b", 14, 30)));
            graph.output("first", outputs.get(0));
            graph.output("second", outputs.get(1));
            graph.output("third", outputs.get(2));
        }),
        L2_NORM(graph -> graph.output("y", graph.l2Norm("op", parts(graph), "op.weight"))),
        SUM_TO_ONE(graph -> graph.output("y", graph.sumToOne("op", parts(graph)))),
        TRANSPOSED_CONV(graph -> graph.output("y", graph.transposedConv("op", parts(graph), new Shape(2, 11, 26, 33),
                new Window(3, 2, 1, 1), Activation.NONE, Parameters.biased("op")))),
        PRIORS(graph -> {
            View coarse = graph.resize("coarse", graph.input(), 3, 2);
            graph.outputPriors("y", List.of(graph.sumToOne("fine", graph.input()), coarse), 5);
        });

        private final Consumer<GraphBuilder> operator;

        Case(Consumer<GraphBuilder> operator) {
            this.operator = operator;
        }

        /** 16 of the input's 20 channels in three segments, the last of them first. */
        private static View parts(GraphBuilder graph) {
            View input = graph.input();
            return View.concat(List.of(input.slice(13, 7), input.slice(0, 1), input.slice(2, 8)));
        }

        Graph graph() {
            GraphBuilder graph = new GraphBuilder(INPUT);
            operator.accept(graph);
            return graph.build();
        }
    }

    static Stream<Arguments> casesOnEveryTier() {
        return Arrays.stream(Case.values())
                .flatMap(each -> Tier.supported().stream().map(tier -> Arguments.of(each, tier)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("casesOnEveryTier")
    void everyTierGivesWhatTheReferenceGives(Case operator, Tier tier) {
        Map<String, Tensor> expected = run(new ReferenceBackend(), operator.graph(), 1);
        try (ForcedTier _ = new ForcedTier(tier)) {
            Map<String, Tensor> one = run(CpuBackend.open(), operator.graph(), 1);
            Map<String, Tensor> three = run(CpuBackend.open(), operator.graph(), 3);
            assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(one.keySet()));
            expected.forEach((name, tensor) -> {
                assertArrayEquals(tensor.shape(), one.get(name).shape());
                Difference.assertWithin(1e-6, tensor.data(), one.get(name).data());
                assertArrayEquals(one.get(name).data(), three.get(name).data());
            });
        }
    }

    static List<Tier> tiers() {
        return Tier.supported();
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void anArgMaxIsThatOfTheResizedValuesToTheLastPixel(Tier tier) {
        GraphBuilder builder = new GraphBuilder(INPUT);
        builder.output("logits", builder.resize("up", Case.parts(builder), 51, 67));
        try (ForcedTier _ = new ForcedTier(tier)) {
            float[] logits = run(CpuBackend.open(), builder.build(), 2).get("logits").data();
            byte[] classes = run(CpuBackend.open(), ArgMaxFusion.apply(builder.build()), 2).get("classes").bytes();
            int pixels = 51 * 67;
            for (int i = 0; i < classes.length; i++) {
                assertEquals(best(logits, i / pixels * 16 * pixels + i % pixels, pixels), classes[i], "pixel " + i);
            }
        }
    }

    private static int best(float[] logits, int first, int pixels) {
        int best = 0;
        for (int c = 1; c < 16; c++) {
            best = logits[first + c * pixels] > logits[first + best * pixels] ? c : best;
        }
        return best;
    }

    private static Map<String, Tensor> run(Backend backend, Graph graph, int threads) {
        return GraphRun.on(backend, graph, new SyntheticWeights(graph.parameters(), 3),
                SyntheticWeights.inputTensor(INPUT, 4), threads);
    }
}
