package dev.hardnet.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.Network;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.Weighted;
import dev.hardnet.graph.Window;
import dev.hardnet.testing.SharedFiles;
import dev.hardnet.traffic.NetworkFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks that people have weights for are those of the authors' code. */
class OfficialNetworksTest {
    static List<String> networks() throws IOException {
        return lines("summary.tsv").stream().map(line -> line[0]).toList();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void hasTheKeysAndShapesOfTheAuthorsStateDict(String name) throws IOException {
        List<String> expected = lines(name + ".state_dict.tsv").stream()
                .filter(line -> !line[0].endsWith("num_batches_tracked"))
                .map(line -> line[0] + " " + line[2]).toList();
        List<String> found = published(name).parameters().stream().map(OfficialNetworksTest::text).toList();
        assertEquals(expected.size(), found.size());
        assertEquals(new HashSet<>(expected), new HashSet<>(found));
    }

    @ParameterizedTest
    @CsvSource({"hardnet39ds", "hardnet68ds", "hardnet68", "hardnet85"})
    void aClassificationNetworkHasTheOrderOfTheStateDictToo(String name) throws IOException {
        List<String> expected = lines(name + ".state_dict.tsv").stream().map(line -> line[0])
                .filter(key -> !key.endsWith("num_batches_tracked")).toList();
        assertEquals(expected, published(name).parameters().stream().map(ParameterSpec::key).toList());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void hasTheConvolutionsOfTheAuthorsCode(String name) throws IOException {
        Network network = Network.byName(name);
        List<String> expected = lines("%s.convs_%s.tsv".formatted(name, network.publishedSize())).stream()
                .map(line -> String.join(" ", line)).toList();
        List<String> found = published(name).operators().stream().map(OfficialNetworksTest::convolution)
                .filter(line -> !line.isEmpty()).toList();
        assertEquals(expected.size(), found.size());
        assertEquals(new HashSet<>(expected), new HashSet<>(found));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void hasThePublishedParametersMacsAndCio(String name) throws IOException {
        String[] line = lines("summary.tsv").stream().filter(each -> each[0].equals(name)).findFirst().orElseThrow();
        Graph graph = published(name);
        NetworkFigures figures = NetworkFigures.of(graph);
        long linear = graph.operators().stream().filter(Linear.class::isInstance).mapToLong(Operator::macs).sum();
        assertEquals(List.of(line[1], line[3], line[4], line[5]), List.of(
                Network.byName(name).publishedSize().toString(), Long.toString(figures.parameters()),
                Long.toString(figures.macs() - linear), Long.toString(figures.cio())));
    }

    @ParameterizedTest
    @CsvSource({
        "hardnet39ds, 97, 161, logits 3x7",
        "hardnet68ds, 97, 161, logits 3x7",
        "hardnet68, 97, 161, logits 3x7",
        "hardnet85, 97, 161, logits 3x7",
        "fchardnet70, 97, 161, logits 3x7x97x161",
        "centernet_hardnet68, 97, 161, hm 3x7x25x41 wh 3x4x25x41",
        "centernet_hardnet85, 97, 161, hm 3x7x25x41 wh 3x4x25x41",
        // Sources of 38x42, 19x21, 10x11 and 5x6 with 6 priors each, 3x4 and 1x2 with 4.
        "ssd300_hardnet68, 300, 332, loc 3x12866x4 conf 3x12866x7",
        "ssd300_hardnet85, 300, 332, loc 3x12866x4 conf 3x12866x7",
        // Sources of 64x64, 32x32, 16x16, 8x8 and 4x4 with 6 priors each, 2x2 and 1x1 with 4.
        "ssd512_hardnet68, 512, 512, loc 3x32756x4 conf 3x32756x7",
        "ssd512_hardnet85, 512, 512, loc 3x32756x4 conf 3x32756x7",
        "rfb300_hardnet68, 300, 332, loc 3x12866x4 conf 3x12866x7",
        "rfb300_hardnet85, 300, 332, loc 3x12866x4 conf 3x12866x7",
        "rfb512_hardnet68, 512, 512, loc 3x32756x4 conf 3x32756x7",
        "rfb512_hardnet85, 512, 512, loc 3x32756x4 conf 3x32756x7"})
    void takesAnyBatchSizeAndClassCount(String name, int height, int width, String outputs) {
        Graph graph = Network.byName(name).graph(3, height, width, 7);
        assertEquals(new Shape(3, 3, height, width), graph.input().shape());
        assertEquals(outputs, graph.outputs().stream().map(OfficialNetworksTest::text)
                .collect(Collectors.joining(" ")));
        assertEquals(graph.maps().size(), graph.maps().stream().map(FeatureMap::name).distinct().count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "hardnet68; 16; 224; base.13 reads a map of 1x14 and needs at least 2x2",
        "fchardnet70; 60; 64; base.15 reads a map of 1x2 and needs at least 2x2",
        "centernet_hardnet68; 16; 64; last_pool reads a map of 1x4 and needs at least 2x2",
        "centernet_hardnet85; 64; 16; last_pool reads a map of 4x1 and needs at least 2x2",
        "ssd300_hardnet68; 256; 128; extras.5 reads a map of 4x2 and needs at least 3x3",
        "ssd512_hardnet85; 512; 256; extras.9 reads a map of 2x1 and needs at least 2x2",
        "rfb300_hardnet68; 256; 128; extras.4 reads a map of 4x2 and needs at least 3x3",
        "rfb512_hardnet85; 512; 256; extras.6 reads a map of 2x1 and needs at least 2x2"})
    void refusesAnInputThatWouldBeUsedUp(String name, int height, int width, String where) {
        HarDNetException refusal =
                assertThrows(HarDNetException.class, () -> Network.byName(name).graph(1, height, width, 10));
        assertEquals("An input of %dx%d pixels is too small: %s.".formatted(height, width, where),
                refusal.getMessage());
    }

    @Test
    void refusesAnUnknownName() {
        HarDNetException refusal = assertThrows(HarDNetException.class, () -> Network.byName("hardnet86"));
        String names = Network.all().stream().map(Network::name).collect(Collectors.joining(", "));
        assertEquals("There is no network named 'hardnet86'; expected one of " + names + ".", refusal.getMessage());
    }

    private static Graph published(String name) {
        Network network = Network.byName(name);
        return network.graph(1, network.publishedSize().height(), network.publishedSize().width(),
                network.publishedClasses());
    }

    private static List<String[]> lines(String file) throws IOException {
        return Files.readAllLines(SharedFiles.path("reference", "networks", file)).stream().skip(1)
                .map(line -> line.split("\t")).toList();
    }

    private static String text(ParameterSpec spec) {
        return spec.key() + " " + spec.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static String text(Output output) {
        return output.name() + " "
                + Arrays.stream(output.tensorShape()).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    }

    /** A line of the ground truth's table, empty for other operators. */
    private static String convolution(Operator operator) {
        return switch (operator) {
            case Conv conv -> line(conv, conv.window(), 1);
            case DepthwiseConv conv -> line(conv, new Window(conv.kernel(), conv.stride(), conv.padding(), 1),
                    conv.output().shape().c());
            default -> "";
        };
    }

    private static String line(Weighted conv, Window window, int groups) {
        Shape in = conv.reads().getFirst().shape();
        Shape out = conv.output().shape();
        return "%s %d %d %d %d %d %d %d %d %d %d %d %d".formatted(conv.keys().weight().replace(".weight", ""), in.c(),
                in.h(), in.w(), out.c(), out.h(), out.w(), window.kernelHeight(), window.stride(),
                window.paddingHeight(), window.dilation(), groups,
                conv.keys().bias().isPresent() ? 1 : 0);
    }
}
