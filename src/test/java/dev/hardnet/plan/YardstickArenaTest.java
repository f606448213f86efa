package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.InputSize;
import dev.hardnet.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fails when the arena of one of the paper's networks, or of one it compares with, grows. */
class YardstickArenaTest {
    @ParameterizedTest
    @CsvSource({
        "hardnet96s, 5381376",
        "hardnet117s, 6397440",
        "hardnet138s, 7087360",
        "fchardnet68, 98672640",
        "fchardnet76, 193290240",
        "fchardnet84, 237895680",
        "fchardnet_ref100, 355491840",
        "fcdensenet103, 335216640",
        "resnet18, 4014080",
        "resnet50, 9633792",
        "resnet101, 9633792",
        "resnet152, 9633792",
        "densenet121, 7225344",
        "densenet201, 7225344",
        "vgg16, 25690112",
        "mobilenet_v2, 6021120",
        "mobilenet_v2_1.4, 8279040",
        "squeezenet1_0, 6021120"})
    void theArenaIsTheLiveSetBoundToTheByte(String name, long bytes) {
        Network network = Network.byName(name);
        InputSize size = network.publishedSize();
        Plan plan = Plan.of(network.graph(1, size.height(), size.width(), network.publishedClasses()));
        assertEquals(bytes, plan.lowerBoundBytes());
        assertEquals(bytes, plan.arenaBytes());
    }

    @ParameterizedTest
    @CsvSource({"hardnet96s", "hardnet117s", "hardnet138s", "fchardnet68", "fchardnet76", "fchardnet84",
        "fchardnet_ref100", "fcdensenet103", "resnet18", "resnet50", "resnet101", "resnet152", "densenet121",
        "densenet201", "vgg16", "mobilenet_v2", "mobilenet_v2_1.4", "squeezenet1_0"})
    void theArenaIsTheBoundForBatchesAndOddSizesToo(String network) {
        for (int batch : new int[] {1, 3}) {
            for (int[] size : new int[][] {{224, 224}, {297, 361}}) {
                Plan plan = Plan.of(Network.byName(network).graph(batch, size[0], size[1], 10));
                assertEquals(plan.lowerBoundBytes(), plan.arenaBytes(), batch + "x3x" + size[0] + "x" + size[1]);
            }
        }
    }
}
