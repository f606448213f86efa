package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.InputSize;
import dev.hardnet.Network;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.Graph;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Fails when a network's arena grows. */
class NetworkArenaTest {
    static List<Network> networks() {
        return Network.all();
    }

    @ParameterizedTest
    @CsvSource({
        "hardnet39ds, 24.8, 15.7, 3612672",
        "hardnet68ds, 45.3, 25.4, 4816896",
        "hardnet68, 37.9, 18.0, 4816896",
        "hardnet85, 57.5, 26.8, 7225344",
        "fchardnet70, 1066.3, 608.2, 169345024",
        "centernet_hardnet68, 410.7, 194.0, 31850496",
        "centernet_hardnet85, 627.0, 267.5, 52232192",
        "ssd300_hardnet68, 76.1, 40.6, 8640000",
        "ssd300_hardnet85, 111.7, 56.8, 12960000",
        "ssd512_hardnet68, 217.8, 116.3, 25165824",
        "ssd512_hardnet85, 320.1, 163.0, 37748736",
        "rfb300_hardnet68, 96.8, 58.9, 9796096",
        "rfb300_hardnet85, 129.4, 72.0, 12960000",
        "rfb512_hardnet68, 276.4, 168.1, 27787264",
        "rfb512_hardnet85, 370.0, 205.9, 37748736"})
    void theArenaIsTheLiveSetBoundToTheByte(String name, double copiedMebibytes, double viewsMebibytes, long bytes) {
        Network network = Network.byName(name);
        InputSize size = network.publishedSize();
        check(network.graph(1, size.height(), size.width(), network.publishedClasses()), copiedMebibytes,
                viewsMebibytes, bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "512, 1024, 266.6, 152.0, 42336256, 229.1, 114.5, 24772608",
        "1024, 2048, 1066.3, 608.2, 169345024, 916.3, 458.2, 99090432"})
    void withoutFullSizeLogitsTheDecoderSetsTheBound(int height, int width, double copied, double views, long bytes,
                                                     double copiedFused, double viewsFused, long bytesFused) {
        Graph graph = Network.FCHARDNET_70.graph(1, height, width, 19);
        check(graph, copied, views, bytes);
        check(ArgMaxFusion.apply(graph), copiedFused, viewsFused, bytesFused);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theArenaIsTheBoundForBatchesAndOddSizesToo(Network network) {
        for (int batch : new int[] {1, 2, 8}) {
            for (InputSize size : sizes(network)) {
                Plan plan = Plan.of(network.graph(batch, size.height(), size.width(), 10));
                assertEquals(plan.lowerBoundBytes(), plan.arenaBytes(), batch + "x3x" + size);
            }
        }
    }

    /** The extra maps of SSD and RFBNet and VGG's first fully connected layer leave nothing of a small input. */
    private static List<InputSize> sizes(Network network) {
        return network.name().matches("(ssd|rfb|vgg).*") ? List.of(new InputSize(320, 416), new InputSize(513, 300))
                : List.of(new InputSize(64, 64), new InputSize(97, 161), new InputSize(320, 416));
    }

    private static void check(Graph graph, double copiedMebibytes, double viewsMebibytes, long bytes) {
        Plan plan = Plan.of(graph);
        assertEquals(bytes, plan.lowerBoundBytes());
        assertEquals(bytes, plan.arenaBytes());
        assertEquals(copiedMebibytes, plan.totals().copiedBytes() / 1048576.0, 0.05);
        assertEquals(viewsMebibytes, plan.totals().viewsBytes() / 1048576.0, 0.05);
    }
}
