package dev.hardnet.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.Tensor;
import dev.hardnet.backend.Backend;
import dev.hardnet.backend.cpu.CpuBackend;
import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.backend.reference.ReferenceBackend;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.Window;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.GraphRun;
import dev.hardnet.traffic.NetworkFigures;
import dev.hardnet.traffic.PublishedFigures;
import dev.hardnet.weights.SyntheticWeights;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks that the paper measures and those it compares with. */
class YardsticksTest {
    /** The linear bottlenecks of MobileNetV2 lose more digits in float32 than any HarDNet does. */
    private static final double TOLERANCE = 3e-5;

    @ParameterizedTest
    @CsvSource({
        "hardnet96s, 9329375, 2473801081, 11696006",
        "hardnet117s, 20811801, 4811933242, 16660392",
        "hardnet138s, 35468491, 6644783420, 19575598",
        "fchardnet68, 1377899, 7674980940, 128004360",
        "fchardnet76, 3483389, 26865253140, 252027600",
        "fchardnet84, 8380821, 50240781360, 339998340",
        "fchardnet_ref100, 3570923, 76094546880, 552713040",
        "fcdensenet103, 9322091, 67591307520, 569991840",
        "resnet18, 11689512, 1814073344, 4666368",
        "resnet50, 25557032, 3857973248, 20722688",
        "resnet101, 44549160, 7570194432, 30958592",
        "resnet152, 60192808, 11282415616, 43602944",
        "densenet121, 7978856, 2834161664, 21864192",
        "densenet201, 20013928, 4291365888, 31811584",
        "vgg16, 138357544, 15470264320, 22671848",
        "mobilenet_v2, 3504872, 300774272, 13444032",
        "mobilenet_v2_1.4, 6082580, 562210684, 18494168",
        "squeezenet1_0, 1248424, 887513088, 7860384"})
    void hasItsParametersMacsAndCio(String name, long parameters, long macs, long cio) {
        assertEquals(new NetworkFigures(parameters, macs, cio), NetworkFigures.of(published(name)));
    }

    @Test
    void figuresAreWithinTwoPercentOfThePapersButForTheseExceptions() {
        Set<String> found = new TreeSet<>();
        for (Network network : Network.all()) {
            PublishedFigures.of(network.name()).ifPresent(paper -> {
                NetworkFigures ours = NetworkFigures.of(published(network.name()));
                addException(found, network + " parameters", ours.parameters(), paper.parameters());
                addException(found, network + " MACs", ours.macs(), paper.macs());
                addException(found, network + " CIO", ours.cio(), paper.cio());
            });
        }
        assertEquals(new TreeSet<>(Set.of(
                "hardnet39ds CIO +20%", "hardnet39ds MACs -2%", "hardnet68ds CIO +13%",
                "fchardnet68 CIO +3%", "fchardnet68 MACs +2%", "fchardnet76 CIO +3%", "fchardnet84 CIO +2%",
                "resnet50 MACs -6%", "resnet50 parameters +2%", "densenet121 MACs -2%", "densenet201 MACs -2%",
                "mobilenet_v2 MACs -6%", "mobilenet_v2_1.4 MACs -5%", "squeezenet1_0 MACs +7%",
                "squeezenet1_0 parameters +4%")), found);
    }

    private static void addException(Set<String> found, String figure, long ours, double paper) {
        double deviation = ours / paper - 1;
        if (Math.abs(deviation) > 0.02) {
            found.add("%s %+d%%".formatted(figure, Math.round(100 * deviation)));
        }
    }

    @ParameterizedTest
    @CsvSource({"hardnet39ds, 0.003", "hardnet68ds, 0.004"})
    void thePapersCioLeavesOutTheStridedDepthwiseLayers(String name, double tolerance) {
        long strided = published(name).operators().stream()
                .filter(operator -> operator instanceof DepthwiseConv conv && conv.stride() > 1)
                .mapToLong(YardsticksTest::inputAndOutput).sum();
        assertCio(name, -strided, tolerance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fchardnet68", "fchardnet76", "fchardnet84", "fchardnet_ref100", "fcdensenet103"})
    void thePapersCioFitsWithoutTheFirstConvolutionAndTheClassScores(String name) {
        List<Operator> operators = published(name).operators();
        long ends = inputAndOutput(operators.getFirst()) + operators.getLast().output().shape().elements();
        assertCio(name, -ends, 0.008);
    }

    @Test
    void thePapersMacsOfResNet50AreThoseOfTheStrideInThe3x3() {
        long more = published("resnet50").operators().stream()
                .filter(operator -> operator instanceof Conv conv && conv.window().equals(Window.same(1).stride(2))
                        && conv.name().endsWith("conv1"))
                .mapToLong(conv -> 3 * conv.macs()).sum();
        assertEquals(4.1e9, published("resnet50").macs() + more, 0.02e9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardnet39ds", "hardnet68ds", "densenet121", "densenet201", "mobilenet_v2",
        "mobilenet_v2_1.4"})
    void thePapersMacsFitWithTwoForEachNormalisedElementAndOneForEachActivated(String name) {
        Graph graph = published(name);
        long elementwise = graph.operators().stream().mapToLong(YardsticksTest::elementwise).sum();
        assertEquals(1, (graph.macs() + elementwise) / PublishedFigures.of(name).orElseThrow().macs(), 0.012);
    }

    private static long elementwise(Operator operator) {
        long elements = operator.output().shape().elements();
        return switch (operator) {
            case Conv conv -> (conv.keys().norm().isPresent() ? 2 * elements : 0)
                    + (conv.activation() == Activation.NONE ? 0 : elements);
            case DepthwiseConv conv -> 2 * elements + (conv.activation() == Activation.NONE ? 0 : elements);
            case BatchNormRelu _ -> 3 * elements;
            default -> 0;
        };
    }

    private static void assertCio(String name, long correction, double tolerance) {
        long cio = NetworkFigures.of(published(name)).cio() + correction;
        assertEquals(1, cio / PublishedFigures.of(name).orElseThrow().cio(), tolerance);
    }

    private static long inputAndOutput(Operator operator) {
        return operator.reads().getFirst().shape().elements() + operator.output().shape().elements();
    }

    /** Sizes and counts of torchvision's state_dicts, without the batch counters. */
    @ParameterizedTest
    @CsvSource({
        "resnet18, 102, layer2.0.downsample.1.running_var, 128",
        "densenet121, 606, features.denseblock4.denselayer16.conv1.weight, 128x992x1x1",
        "densenet201, 1006, features.transition3.norm.bias, 1792",
        "vgg16, 32, classifier.0.weight, 4096x512x7x7",
        "mobilenet_v2, 262, features.17.conv.3.running_var, 320"})
    void hasTorchvisionsKeys(String name, int tensors, String key, String shape) {
        List<ParameterSpec> specs = published(name).parameters();
        assertEquals(tensors, specs.size());
        assertTrue(specs.contains(new ParameterSpec(key, Arrays.stream(shape.split("x")).map(Integer::valueOf)
                .toList())), () -> specs.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardnet96s", "fchardnet68", "fcdensenet103", "resnet50", "densenet121", "vgg16",
        "mobilenet_v2", "squeezenet1_0"})
    void hasTheClassesItIsAskedForAndNamesNoMapTwice(String name) {
        Graph graph = Network.byName(name).graph(3, 225, 239, 7);
        assertArrayEquals(new int[] {3, 7}, Arrays.copyOf(graph.outputs().getFirst().tensorShape(), 2));
        assertEquals(graph.maps().size(), graph.maps().stream().map(FeatureMap::name).distinct().count());
        assertEquals(7, graph.parameters().stream().filter(spec -> spec.key().equals(classWeight(name)))
                .findFirst().orElseThrow().shape().getFirst());
    }

    private static String classWeight(String name) {
        return switch (name) {
            case "fchardnet68", "fcdensenet103" -> "classes.weight";
            case "resnet50" -> "fc.weight";
            case "vgg16" -> "classifier.6.weight";
            case "mobilenet_v2" -> "classifier.1.weight";
            case "squeezenet1_0" -> "conv10.weight";
            default -> "classifier.weight";
        };
    }

    /** One of each kind: the others differ in sizes alone. */
    @ParameterizedTest
    @CsvSource({"hardnet96s, 33, 35", "fchardnet68, 35, 33", "fcdensenet103, 32, 33", "resnet18, 33, 35",
        "resnet50, 17, 33", "densenet121, 33, 35", "mobilenet_v2, 33, 47", "squeezenet1_0, 33, 47"})
    void aBatchGivesWhatItsPicturesGiveOneByOne(String name, int height, int width) {
        Network network = Network.byName(name);
        assertBatchIsSingles(batch -> network.graph(batch, height, width, 10));
    }

    /** With fewer channels, as the smallest input is large. */
    @Test
    void aBatchGivesWhatItsPicturesGiveOneByOneToVggOfMoreThanTheSmallestInput() {
        List<Integer> channels = List.of(4);
        Vgg vgg = new Vgg("vgg", Collections.nCopies(5, channels));
        assertBatchIsSingles(batch -> vgg.graph(batch, 225, 257, 10));
    }

    @ParameterizedTest
    @CsvSource({"hardnet96s, 33, 35", "hardnet117s, 33, 35", "hardnet138s, 33, 35", "fchardnet68, 35, 33",
        "fchardnet76, 35, 33", "fchardnet84, 35, 33", "fchardnet_ref100, 35, 33", "fcdensenet103, 32, 33",
        "resnet18, 33, 35", "resnet50, 17, 33", "resnet101, 17, 33", "resnet152, 17, 33", "densenet121, 33, 35",
        "densenet201, 33, 35", "mobilenet_v2, 33, 47", "mobilenet_v2_1.4, 33, 47", "squeezenet1_0, 33, 47"})
    void everyTierGivesWhatTheReferenceGives(String name, int height, int width) {
        assertTiersAgree(Network.byName(name).graph(1, height, width, 10));
    }

    @Test
    void everyTierGivesWhatTheReferenceGivesForVggOfFewerChannels() {
        assertTiersAgree(new Vgg("vgg", Collections.nCopies(5, List.of(4))).graph(1, 225, 257, 10));
    }

    private static void assertTiersAgree(Graph graph) {
        float[] input = SyntheticWeights.inputTensor(graph.input().shape(), 6).data();
        float[] expected = run(new ReferenceBackend(), graph, input);
        for (Tier tier : Tier.supported()) {
            try (ForcedTier _ = new ForcedTier(tier)) {
                Difference.assertWithin(TOLERANCE, expected, run(CpuBackend.open(), graph, input));
            }
        }
    }

    private static void assertBatchIsSingles(IntFunction<Graph> network) {
        Graph batch = network.apply(2);
        float[] both = SyntheticWeights.inputTensor(batch.input().shape(), 6).data();
        float[] expected = run(new ReferenceBackend(), batch, both);
        for (int n = 0; n < 2; n++) {
            assertArrayEquals(half(expected, n), run(new ReferenceBackend(), network.apply(1), half(both, n)));
        }
    }

    private static float[] run(Backend backend, Graph graph, float[] input) {
        Shape shape = graph.input().shape();
        return GraphRun.on(backend, graph, new SyntheticWeights(graph.parameters(), 5),
                Tensor.of(input, shape.n(), shape.c(), shape.h(), shape.w()), 1).get("logits").data();
    }

    private static float[] half(float[] values, int n) {
        return Arrays.copyOfRange(values, n * values.length / 2, (n + 1) * values.length / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "vgg16, 223, 300, 223x300 pixels is too small: classifier.0 reads a map of 6x9 and needs at least 7x7.",
        "fchardnet68, 31, 64, 31x64 pixels is too small: down.4.pool reads a map of 1x4 and needs at least 2x2.",
        "squeezenet1_0, 224, 6, 224x6 pixels is too small: maxpool4 reads a map of 56x1 and needs at least 3x3."})
    void refusesAnInputThatWouldBeUsedUp(String name, int height, int width, String sentence) {
        HarDNetException refusal =
                assertThrows(HarDNetException.class, () -> Network.byName(name).graph(1, height, width, 10));
        assertEquals("An input of " + sentence, refusal.getMessage());
    }

    private static Graph published(String name) {
        Network network = Network.byName(name);
        InputSize size = network.publishedSize();
        return network.graph(1, size.height(), size.width(), network.publishedClasses());
    }
}
