package dev.hardnet.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.hardnet.Network;
import dev.hardnet.traffic.ClaimCheck.Verdict;
import dev.hardnet.traffic.PaperClaim.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonReportTest {
    @Test
    void aNetworkStandsBesideThePaper() {
        NetworkComparison found = NetworkComparison.of(Network.RESNET_50, null);
        assertEquals("1x3x224x224", found.input());
        assertEquals(25_557_032, found.parameters());
        assertEquals(3_857_973_248L, found.macs());
        assertEquals(20_722_688, found.cio());
        assertEquals(100 * (20_722_688 - 20.7e6) / 20.7e6, found.cioPercent(), 1e-9);
        assertEquals(166_993_920 + 143_916_960, found.frameworkBytes());
        assertEquals(88_317_952 + 65_240_992, found.plannedBytes());
        assertNull(found.latencyMillis());
    }

    @Test
    void aNetworkThatIsNotInThePaperHasNoDifference() {
        assertNull(NetworkComparison.of(Network.HARDNET_85, null).cioPercent());
    }

    @Test
    void claimsOfCioAndTrafficAreCheckedWhateverIsCompared() {
        ComparisonReport report = ComparisonReport.of(List.of(), null);
        assertEquals(PaperClaim.ALL, report.claims().stream().map(ClaimCheck::claim).toList());
        for (ClaimCheck check : report.claims()) {
            Verdict expected = check.claim().figure() == Figure.LATENCY ? Verdict.NOT_CHECKED : Verdict.HOLDS;
            assertEquals(expected, check.verdict(), check.toString());
        }
        assertEquals(100 * (20_722_688 - 11_468_940) / 20_722_688.0, report.claims().getFirst().foundPercent(), 1e-9);
    }

    @Test
    void claimsOfLatencyAreCheckedWhereBothNetworksWereMeasured() {
        ComparisonReport report = ComparisonReport.of(List.of(NetworkComparison.of(Network.HARDNET_68, 7.1),
                NetworkComparison.of(Network.RESNET_50, 10.0), NetworkComparison.of(Network.RESNET_152, 20.0)), "test");
        assertEquals(Verdict.DOES_NOT_HOLD, check(report, "resnet50").verdict());
        assertEquals(29, check(report, "resnet50").foundPercent(), 1e-9);
        assertEquals("the latency of hardnet138s was not measured", check(report, "resnet152").reason());
        assertEquals("ssd_vgg is none of the networks here", check(report, "ssd_vgg").reason());
    }

    private static ClaimCheck check(ComparisonReport report, String yardstick) {
        return report.claims().stream().filter(each -> each.claim().figure() == Figure.LATENCY)
                .filter(each -> each.claim().yardstick().equals(yardstick)).findFirst().orElseThrow();
    }

    /** HarDNet-68 has less CIO than ResNet-50 and more multiply-adds; ResNet-18 has least of both. */
    @Test
    void figuresAreCorrelatedWithLatency() {
        List<NetworkComparison> networks = List.of(NetworkComparison.of(Network.HARDNET_68, 2.0),
                NetworkComparison.of(Network.RESNET_50, 3.0), NetworkComparison.of(Network.RESNET_18, 1.0));
        ComparisonReport report = ComparisonReport.of(networks, "test");
        assertEquals(1, report.correlations().cio(), 1e-12);
        assertEquals(0.5, report.correlations().macs(), 1e-12);
        assertNull(ComparisonReport.of(networks.subList(0, 2), "test").correlations());
        assertNull(ComparisonReport.of(networks, null).correlations());
    }
}
