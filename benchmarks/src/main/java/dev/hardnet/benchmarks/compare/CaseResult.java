package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found for one case.
 *
 * @param benchmarkCase network, sizes, threads
 * @param macs          its multiply-adds
 * @param ours          this project's times
 * @param peers         the others'
 */
record CaseResult(BenchmarkCase benchmarkCase, long macs, Timed ours, List<RuntimeResult> peers) {
    /** Those that were timed, ours first. */
    List<Timed> timed() {
        return Stream.concat(Stream.of(ours), peers.stream()
                .filter(Timed.class::isInstance).map(Timed.class::cast)).toList();
    }

    /** Multiply-adds of the direct algorithm that ours does in a nanosecond. */
    double gigaMacsPerSecond() {
        return macs / (ours.medianMillis() * 1e6);
    }
}
