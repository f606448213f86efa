package dev.hardnet.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.Network;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficReportTest {
    /** One multiply-add for each byte, a million of them in a millisecond. */
    private static final MachineBalance MACHINE = new MachineBalance(1, 1, "test");

    /** 3 x 3 x 4 x 16 x 16 multiply-adds and as many elements: 3 * 256 in, 4 * 256 out, 12 weights. */
    @Test
    void aLayersFiguresAreThoseOfItsSizes() {
        GraphBuilder graph = new GraphBuilder(new Shape(1, 3, 16, 16));
        graph.output("y", graph.conv("conv", graph.input(), 4, 1, 1, Activation.RELU,
                Parameters.normalized("conv.weight", "norm")));
        TrafficReport report = TrafficReport.of("one", graph.build(), MACHINE);
        long macs = 3 * 4 * 256;
        long bytes = 4 * (7 * 256 + 12);
        assertEquals(new LayerTraffic("conv", LayerKind.CONV, "1x4x16x16", macs, 7 * 256, (double) macs / (7 * 256), 12,
                bytes, bytes, bytes + 4 * 4, bytes + 4 * 4, (double) macs / bytes, true, millis(bytes)),
                report.layers().getFirst());
        assertEquals(new LayerTraffic("conv.relu", LayerKind.ACTIVATION, "1x4x16x16", 0, 0, null, 0, 8192, 8192, 0L, 0,
                0, true, millis(8192)), report.layers().getLast());
        assertEquals(3, report.layerCount());
        assertEquals(3, report.memoryBoundLayers());
        assertEquals(7 * 256 * 4, report.arenaBytes());
        long all = bytes + 2 * 8192 + 32;
        assertEquals(new ExecutionTraffic("framework", 3, 4 * (3 + 4 + 4) * 256, 4 * 3 * 4 * 256, 4 * 20, all, 1,
                millis(all)), report.executions().getFirst());
    }

    private static double millis(long bytes) {
        return MACHINE.seconds(0, bytes) * 1e3;
    }

    @Test
    void aLayerTakesAsLongAsItsArithmeticWhereThatIsLonger() {
        MachineBalance machine = new MachineBalance(100, 10, "test");
        assertEquals(10, machine.macsPerByte());
        assertTrue(machine.isMemoryBound(999, 100));
        assertFalse(machine.isMemoryBound(1000, 100));
        assertEquals(1e-8, machine.seconds(999, 100), 1e-20);
        assertEquals(2e-8, machine.seconds(2000, 100), 1e-20);
    }

    @Test
    void aMachineWithoutSpeedIsRefused() {
        assertEquals("A machine of 0.0 GMAC/s and 10.0 GB/s makes no sense; both must be above 0.",
                assertThrows(HarDNetException.class, () -> new MachineBalance(0, 10, "test")).getMessage());
        assertThrows(HarDNetException.class, () -> new MachineBalance(1, Double.NaN, "test"));
        assertThrows(HarDNetException.class, () -> new MachineBalance(Double.POSITIVE_INFINITY, 1, "test"));
    }

    @Test
    void theHeaviestLayersComeFirstAndTotalsStay() {
        TrafficReport all = TrafficReport.of("hardnet68", GraphLayersTest.graph(Network.HARDNET_68), MACHINE);
        TrafficReport heaviest = all.heaviest(3);
        assertEquals(List.of("base.14.layers.3", "base.11.layers.15", "base.14.layers.1"),
                heaviest.layers().stream().map(LayerTraffic::layer).toList());
        assertEquals(all.executions(), heaviest.executions());
        assertEquals(all.layerCount(), heaviest.layerCount());
        assertEquals(11_468_940, all.cio());
        assertEquals(4_816_896, all.arenaBytes());
        assertEquals(4_245_090_304.0 / 11_468_940, all.moc(), 1e-9);
        assertEquals(all.executions().getFirst().totalBytes(),
                all.layers().stream().mapToLong(LayerTraffic::frameworkBytes).sum());
        assertEquals(all.executions().getLast().totalBytes(),
                all.layers().stream().mapToLong(LayerTraffic::fusedBytes).sum());
        assertEquals(all.executions().get(2).totalBytes(),
                all.layers().stream().mapToLong(LayerTraffic::plannedBytes).sum());
    }

    @Test
    void normsInPartsHaveNoBytesOfThePlanOfTheirOwn() {
        TrafficReport report = TrafficReport.of("hardnet96s", GraphLayersTest.graph(Network.byName("hardnet96s")),
                MACHINE);
        List<LayerTraffic> inParts = report.layers().stream().filter(each -> each.plannedBytes() == null).toList();
        assertFalse(inParts.isEmpty());
        inParts.forEach(each -> assertEquals(LayerKind.BATCH_NORM, each.kind(), each::layer));
        assertTrue(report.layers().stream().filter(each -> each.kind() == LayerKind.CONV)
                .allMatch(each -> each.plannedBytes() > 0));
    }

    @Test
    void whatAFileHoldsBesidesIsPassedOn() {
        UnsupportedNode node = new UnsupportedNode("n", "LSTM", "It is no convolution.");
        LayerTensor input = new LayerTensor("in", new Shape(1, 2, 4, 4));
        LayerGraph file = new LayerGraph("file", List.of(input), List.of(), List.of(), List.of(node));
        TrafficReport report = TrafficReport.of(file, MACHINE);
        assertEquals(List.of(node), report.unsupported());
        assertEquals(0, report.executions().getFirst().totalBytes());
        assertEquals(1, report.executions().getLast().ratio());
        assertEquals(0, report.moc());
        assertEquals(0, report.arenaBytes());
    }
}
