package dev.hardnet.traffic.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Device;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.backend.cpu.CacheSize;
import dev.hardnet.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheSimulationTest {
    private static final Plan PLAN = Session.plan(Network.byName("hardnet39ds"),
            SessionOptions.builder().device(Device.CPU).size(64, 64).build());

    private static CacheReport simulate(String cache) {
        return CacheSimulation.run(PLAN, CacheSize.parse(cache), _ -> { });
    }

    @Test
    void cacheThatHoldsEverythingReadsNothingAgain() {
        CacheReport report = simulate("256MiB:64:16");
        assertEquals(0, report.steady().bytes());
        assertEquals(0, report.first().bytesWritten());
    }

    @Test
    void firstRunReadsEverythingOnce() {
        CacheReport report = simulate("256MiB:64:16");
        long first = report.first().bytesRead();
        assertEquals(first, simulate("512MiB:64:32").first().bytesRead());
        assertTrue(first > PLAN.arenaBytes(), first + " bytes read");
    }

    @Test
    void largerCachesOfTheSameSetsReadNoMore() {
        long before = Long.MAX_VALUE;
        for (int ways = 4; ways <= 64; ways *= 2) {
            long bytes = simulate("%dKiB:64:%d".formatted(64 * ways, ways)).steady().bytesRead();
            assertTrue(bytes <= before, "%d ways read %d bytes, half of them %d".formatted(ways, bytes, before));
            before = bytes;
        }
    }

    @Test
    void sameCacheGivesTheSameReport() {
        assertEquals(simulate("1MiB").steps(), simulate("1MiB").steps());
    }

    @Test
    void progressEndsWithEverything() {
        List<Double> parts = new ArrayList<>();
        CacheSimulation.run(PLAN, CacheSize.parse("1MiB"), parts::add);
        assertEquals(2 * PLAN.steps().size(), parts.size());
        assertEquals(1.0, parts.getLast());
        assertEquals(parts.stream().sorted().toList(), parts);
    }
}
