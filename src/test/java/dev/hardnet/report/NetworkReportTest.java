package dev.hardnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Network;
import dev.hardnet.plan.Plan;
import dev.hardnet.traffic.MachineBalance;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NetworkReportTest {
    private static final MachineBalance MACHINE = new MachineBalance(100, 10, "as given");

    @Test
    void aStepIsMeasuredBesideItsRoofline() {
        Plan plan = Plan.of(Network.byName("hardnet68").graph(1, 64, 64, 1000));
        long[] microseconds = LongStream.rangeClosed(1, plan.steps().size()).map(each -> each * 1000).toArray();
        List<StepMeasurement> steps = NetworkReport.steps(plan, microseconds, step -> step == 1 ? "direct" : "",
                MACHINE);
        StepMeasurement second = steps.get(1);
        long macs = 64L * 32 * 9 * 32 * 32;
        long bytes = 4 * (32L * 32 * 32 + 64 * 32 * 32 + 64 * 32 * 9 + 64);
        assertEquals(new StepMeasurement(1, "base.1", "conv 3x3 relu6", "1x64x32x32", macs, bytes,
                (double) macs / bytes, false, 0.002, Math.max(macs / 100.0, bytes / 10.0) / 1e6, macs / 2000.0,
                "direct"), second);
    }

    @Test
    void aStepWithoutArithmeticIsMemoryBound() {
        Plan plan = Plan.of(Network.byName("hardnet68").graph(1, 64, 64, 1000));
        StepMeasurement pool = NetworkReport.steps(plan, new long[plan.steps().size()], _ -> "", MACHINE)
                .get(2);
        assertEquals("max pool 3x3 s2", pool.kind());
        assertNull(pool.way());
        assertEquals(0, pool.macs());
        assertEquals(0, pool.gigaMacsPerSecond());
        assertTrue(pool.memoryBound(), pool.toString());
    }
}
