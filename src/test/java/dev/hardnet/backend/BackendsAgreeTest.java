package dev.hardnet.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Tensor;
import dev.hardnet.backend.cpu.CpuBackend;
import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.backend.reference.ReferenceBackend;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.ConvDepthwiseFusion;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.testing.OperatorCase;
import dev.hardnet.weights.SyntheticWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator alone: every tier gives what the reference gives, whatever the views. */
class BackendsAgreeTest {
    static Stream<Arguments> casesOnEveryTier() {
        return Arrays.stream(OperatorCase.values())
                .flatMap(each -> Tier.supported().stream().map(tier -> Arguments.of(each, tier)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("casesOnEveryTier")
    void everyTierGivesWhatTheReferenceGives(OperatorCase operator, Tier tier) {
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

    @ParameterizedTest
    @EnumSource(names = {"CONV_WITH_DEPTHWISE", "CONV_WITH_DEPTHWISE_STRIDE_2"})
    void theReferenceComputesJoinedConvolutionsInTurn(OperatorCase operator) {
        Graph joined = ConvDepthwiseFusion.apply(operator.graph());
        assertEquals(1, joined.operators().size());
        assertArrayEquals(run(new ReferenceBackend(), operator.graph(), 1).get("y").data(),
                run(new ReferenceBackend(), joined, 1).get("y").data());
    }

    static List<Tier> tiers() {
        return Tier.supported();
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void anArgMaxIsThatOfTheResizedValuesToTheLastPixel(Tier tier) {
        GraphBuilder builder = new GraphBuilder(OperatorCase.INPUT);
        builder.output("logits", builder.resize("up", OperatorCase.parts(builder), 51, 67));
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
                SyntheticWeights.inputTensor(OperatorCase.INPUT, 4), threads);
    }
}
