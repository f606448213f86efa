package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fails when a network's arena grows. */
class NetworkArenaTest {
    @ParameterizedTest
    @CsvSource({
        "hardnet39ds, 24.8, 15.7, 3612672",
        "hardnet68ds, 45.3, 25.4, 4816896",
        "hardnet68, 37.9, 18.0, 4816896",
        "hardnet85, 57.5, 26.8, 7225344"})
    void theArenaIsTheLiveSetBoundToTheByte(String network, double copiedMebibytes, double viewsMebibytes, long bytes) {
        Plan plan = Plan.of(Network.byName(network).graph(1, 224, 224, 1000));
        assertEquals(bytes, plan.lowerBoundBytes());
        assertEquals(bytes, plan.arenaBytes());
        assertEquals(copiedMebibytes, plan.totals().copiedBytes() / 1048576.0, 0.05);
        assertEquals(viewsMebibytes, plan.totals().viewsBytes() / 1048576.0, 0.05);
    }

    @ParameterizedTest
    @CsvSource({"hardnet39ds", "hardnet68ds", "hardnet68", "hardnet85"})
    void theArenaIsTheBoundForBatchesAndOddSizesToo(String network) {
        for (int batch : new int[] {1, 2, 8}) {
            for (int[] size : new int[][] {{64, 64}, {97, 161}, {320, 416}}) {
                Plan plan = Plan.of(Network.byName(network).graph(batch, size[0], size[1], 10));
                assertEquals(plan.lowerBoundBytes(), plan.arenaBytes(), batch + "x3x" + size[0] + "x" + size[1]);
            }
        }
    }
}
