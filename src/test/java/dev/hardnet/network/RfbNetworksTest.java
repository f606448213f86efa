package dev.hardnet.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Device;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.Window;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.traffic.NetworkFigures;
import dev.hardnet.weights.SyntheticWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The RFBNet networks are those of the authors' code; how the tables were made is said in them. */
class RfbNetworksTest {
    private static final double TOLERANCE = 1e-5;

    static Stream<String[]> networks() {
        return rows("rfb_networks.tsv");
    }

    static List<Tier> tiers() {
        return Tier.supported();
    }

    static Stream<String> names() {
        return networks().map(row -> row[0]);
    }

    private static Stream<String[]> rows(String table) {
        try (InputStream in = RfbNetworksTest.class.getResourceAsStream(table)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .skip(1).map(line -> line.split("\t")).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Graph published(String name) {
        Network network = Network.byName(name);
        return network.graph(1, network.publishedSize().height(), network.publishedSize().width(),
                network.publishedClasses());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void hasTheFiguresKeysAndConvolutionsOfTheAuthorsCode(String name, long parameters, long macs, long cio,
                                                          int keys, String keysCrc, int convolutions,
                                                          String convolutionsCrc) {
        Graph graph = published(name);
        assertEquals(new NetworkFigures(parameters, macs, cio), NetworkFigures.of(graph));
        List<String> foundKeys = graph.parameters().stream().map(RfbNetworksTest::text).toList();
        assertEquals(keys, foundKeys.size());
        assertEquals(keysCrc, crc(foundKeys));
        List<String> foundConvolutions = graph.operators().stream().filter(Conv.class::isInstance)
                .map(operator -> text((Conv) operator)).toList();
        assertEquals(convolutions, foundConvolutions.size());
        assertEquals(convolutionsCrc, crc(foundConvolutions));
    }

    private static String text(ParameterSpec spec) {
        return spec.key() + " " + spec.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static String text(Conv conv) {
        Shape in = conv.input().shape();
        Shape out = conv.output().shape();
        Window window = conv.window();
        return "%s %d %d %d %d %d %d %dx%d %d %dx%d %d %d".formatted(
                conv.keys().weight().replaceFirst("\\.weight$", ""), in.c(), in.h(), in.w(), out.c(), out.h(), out.w(),
                window.kernelHeight(), window.kernelWidth(), window.stride(), window.paddingHeight(),
                window.paddingWidth(), window.dilation(), conv.keys().bias().isPresent() ? 1 : 0);
    }

    private static String crc(List<String> lines) {
        CRC32 crc = new CRC32();
        crc.update(lines.stream().sorted().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    @Test
    void theFirstSourceSeesRowsColumnsAndDilatedSquares() {
        List<String> norm = published("rfb300_hardnet68").operators().stream()
                .filter(operator -> operator.name().startsWith("Norm"))
                .map(operator -> operator.name() + ": " + operator.kind() + " " + operator.output().shape().c())
                .toList();
        assertEquals(List.of(
                "Norm.branch0.0: conv 1x1 relu 80",
                "Norm.branch0.1: conv 3x3 80",
                "Norm.branch1.0: conv 1x1 relu 80",
                "Norm.branch1.1: conv 3x1 relu 80",
                "Norm.branch1.2: conv 3x3 d3 80",
                "Norm.branch2.0: conv 1x1 relu 80",
                "Norm.branch2.1: conv 1x3 relu 80",
                "Norm.branch2.2: conv 3x3 d3 80",
                "Norm.branch3.0: conv 1x1 relu 40",
                "Norm.branch3.1: conv 1x3 relu 60",
                "Norm.branch3.2: conv 3x1 relu 80",
                "Norm.branch3.3: conv 3x3 d5 80",
                "Norm.ConvLinear: conv 1x1 512",
                "Norm.shortcut: conv 1x1 512",
                "Norm: add relu 512"), norm);
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesTheOutputsOfTheAuthorsCode(String name) {
        compare(name);
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void everyTierGivesTheOutputsOfTheAuthorsCode(Tier tier) {
        try (ForcedTier _ = new ForcedTier(tier)) {
            compare("rfb300_hardnet68");
        }
    }

    private static void compare(String name) {
        Map<String, Tensor> outputs;
        try (Model model = Model.synthetic(Network.byName(name), 1);
                Session session = Session.open(model,
                        SessionOptions.builder().device(Device.CPU).threads(2).build())) {
            outputs = session.run(SyntheticWeights.inputTensor(session.inputShape(), 1));
        }
        List<String[]> rows = rows("rfb_outputs.tsv").filter(row -> row[0].equals(name)).toList();
        assertEquals(List.copyOf(outputs.keySet()), rows.stream().map(row -> row[1]).toList());
        rows.forEach(row -> compare(row, outputs.get(row[1]).data()));
    }

    private static void compare(String[] row, float[] output) {
        double expectedNorm = Double.parseDouble(row[2]);
        int step = Integer.parseInt(row[3]);
        String[] values = row[4].split(" ");
        float[] expected = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            expected[i] = Float.parseFloat(values[i]);
        }
        assertEquals(expectedNorm, norm(output), TOLERANCE * expectedNorm);
        assertEquals(Math.ceilDiv(output.length, step), expected.length);
        Difference.assertWithin(TOLERANCE, expected, sampled(output, step, expected.length));
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private static float[] sampled(float[] values, int step, int count) {
        float[] sampled = new float[count];
        for (int i = 0; i < count; i++) {
            sampled[i] = values[i * step];
        }
        return sampled;
    }
}
