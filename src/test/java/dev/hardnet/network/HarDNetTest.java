package dev.hardnet.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.Network;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.testing.SharedFiles;
import dev.hardnet.traffic.NetworkFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarDNetTest {
    @ParameterizedTest
    @ValueSource(strings = {"hardnet39ds", "hardnet68ds", "hardnet68", "hardnet85"})
    void hasTheKeysAndShapesOfTheAuthorsStateDict(String name) throws IOException {
        List<String> expected = lines(name + ".state_dict.tsv").stream()
                .filter(line -> !line[0].endsWith("num_batches_tracked"))
                .map(line -> line[0] + " " + line[2]).toList();
        List<String> found = published(name).parameters().stream().map(HarDNetTest::text).toList();
        assertEquals(expected, found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardnet39ds", "hardnet68ds", "hardnet68", "hardnet85"})
    void hasTheConvolutionsOfTheAuthorsCode(String name) throws IOException {
        List<String> expected = lines(name + ".convs_224x224.tsv").stream().map(line -> String.join(" ", line)).toList();
        List<String> found = new ArrayList<>();
        for (Operator operator : published(name).operators()) {
            switch (operator) {
                case Conv conv -> found.add(text(conv.keys(), conv.input(), conv.output(), conv.kernel(), conv.stride(),
                        conv.padding(), 1));
                case DepthwiseConv conv -> found.add(text(conv.keys(), conv.input(), conv.output(), conv.kernel(),
                        conv.stride(), conv.padding(), conv.output().shape().c()));
                default -> { }
            }
        }
        assertEquals(expected, found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardnet39ds", "hardnet68ds", "hardnet68", "hardnet85"})
    void hasThePublishedParametersMacsAndCio(String name) throws IOException {
        String[] line = lines("summary.tsv").stream().filter(each -> each[0].equals(name)).findFirst().orElseThrow();
        Graph graph = published(name);
        NetworkFigures figures = NetworkFigures.of(graph);
        long linear = graph.operators().getLast().macs();
        assertEquals(List.of(line[3], line[4], line[5]), List.of(Long.toString(figures.parameters()),
                Long.toString(figures.macs() - linear), Long.toString(figures.cio())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardnet39ds", "hardnet68ds", "hardnet68", "hardnet85"})
    void takesAnyBatchSizeAndClassCount(String name) {
        Graph graph = Network.byName(name).graph(3, 97, 161, 7);
        assertEquals(new Shape(3, 3, 97, 161), graph.input().shape());
        assertEquals(new Shape(3, 7, 1, 1), graph.outputs().getFirst().maps().getFirst().shape());
        assertEquals(graph.maps().size(), graph.maps().stream().map(FeatureMap::name).distinct().count());
    }

    @Test
    void refusesAnInputThatPoolingWouldUseUp() {
        HarDNetException refusal =
                assertThrows(HarDNetException.class, () -> Network.HARDNET_68.graph(1, 16, 224, 1000));
        assertEquals("An input of 16x224 pixels is too small: base.13 reads a map of 1x14 and needs at least 2x2.",
                refusal.getMessage());
    }

    @Test
    void refusesAnUnknownName() {
        HarDNetException refusal = assertThrows(HarDNetException.class, () -> Network.byName("hardnet86"));
        assertEquals("There is no network named 'hardnet86'; expected one of hardnet39ds, hardnet68ds, hardnet68, "
                + "hardnet85.", refusal.getMessage());
    }

    private static Graph published(String name) {
        return Network.byName(name).graph(1, 224, 224, 1000);
    }

    private static List<String[]> lines(String file) throws IOException {
        return Files.readAllLines(SharedFiles.path("reference", "networks", file)).stream().skip(1)
                .map(line -> line.split("\t")).toList();
    }

    private static String text(ParameterSpec spec) {
        return spec.key() + " " + spec.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static String text(Parameters keys, View input, FeatureMap output, int kernel, int stride, int padding,
                               int groups) {
        Shape in = input.shape();
        Shape out = output.shape();
        return "%s %d %d %d %d %d %d %d %d %d 1 %d 0".formatted(keys.weight().replace(".weight", ""), in.c(), in.h(),
                in.w(), out.c(), out.h(), out.w(), kernel, stride, padding, groups);
    }
}
