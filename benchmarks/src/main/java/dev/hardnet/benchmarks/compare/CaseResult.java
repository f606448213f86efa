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
 * @param jvmMiB        the most memory that a process had resident which runs nothing
 * @param ours          this project's times
 * @param peers         the others'
 */
record CaseResult(BenchmarkCase benchmarkCase, long macs, double jvmMiB, Timed ours, List<RuntimeResult> peers) {
    /** Those that were timed, ours first. */
    List<Timed> timed() {
        return Stream.concat(Stream.of(ours), timedPeers()).toList();
    }

    /** The others that were timed. */
    Stream<Timed> timedPeers() {
        return peers.stream().filter(Timed.class::isInstance).map(Timed.class::cast);
    }

    /** Multiply-adds of the direct algorithm that ours does in a nanosecond. */
    double gigaMacsPerSecond() {
        return macs / (ours.medianMillis() * 1e6);
    }

    /** A runtime's peak above that of a process that runs nothing. */
    double aboveJvm(Timed timed) {
        return timed.peakMebibytes() - jvmMiB;
    }

    /** Our memory above the JVM's own over a peer's: below 1, ours takes less. */
    double memoryRatio(Timed peer) {
        return aboveJvm(ours) / aboveJvm(peer);
    }
}
