package dev.hardnet.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.benchmarks.compare.RuntimeResult.Refused;
import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonSummaryTest {
    private static final double JVM = 40;
    private static final double TOLERANCE = 1e-12;

    @Test
    void meansAreGeometricAndTheLeastRatioIsNamed() {
        ComparisonSummary summary = ComparisonSummary.of(List.of(
                result("hardnet68", 1, timed(RuntimeName.ONNXRUNTIME, 20, 60)),
                result("hardnet85", 1, timed(RuntimeName.ONNXRUNTIME, 80, 120)))).getFirst();
        assertEquals(RuntimeName.ONNXRUNTIME, summary.peer());
        assertEquals(2, summary.networks());
        assertEquals(4, summary.timeRatio(), TOLERANCE);
        assertEquals(2, summary.leastRatio(), TOLERANCE);
        assertEquals("hardnet68", summary.leastNetwork());
    }

    @Test
    void memoryIsComparedAboveThatOfTheJvm() {
        ComparisonSummary summary = ComparisonSummary.of(List.of(
                result("hardnet68", 1, timed(RuntimeName.OPENCV, 10, 60)),
                result("hardnet85", 1, timed(RuntimeName.OPENCV, 10, 120)))).getFirst();
        assertEquals(0.5, summary.memoryRatio(), TOLERANCE);
    }

    @Test
    void numbersOfThreadsAreApart() {
        List<ComparisonSummary> summaries = ComparisonSummary.of(List.of(
                result("hardnet68", 1, timed(RuntimeName.OPENCV, 10, 60)),
                result("hardnet68", 2, timed(RuntimeName.OPENCV, 30, 60))));
        assertEquals(List.of(1, 2), summaries.stream().map(ComparisonSummary::threads).toList());
        assertEquals(List.of(1, 1), summaries.stream().map(ComparisonSummary::networks).toList());
    }

    @Test
    void aPeerThatWasNotTimedHasNoPlace() {
        assertEquals(List.of(), ComparisonSummary.of(List.of(
                result("hardnet68", 1, new Refused(RuntimeName.PYTORCH, "it differs")))));
    }

    private static CaseResult result(String network, int threads, RuntimeResult peer) {
        return new CaseResult(new BenchmarkCase(network, 224, 224, threads, 1), 1, JVM,
                timed(RuntimeName.HARDNET, 10, 60), List.of(peer));
    }

    private static Timed timed(RuntimeName runtime, long millis, double peak) {
        return new Timed(runtime, List.of(new ForkReply(null, new long[] {millis * 1_000_000}, peak)));
    }
}
